import { describe, expect, test } from 'vitest'
import { defaultDocker, defaultGrant } from '../policy'
import type { RunnerRequest } from '../runner'
import { describeJob, describeSecret, type JobParts } from './job'
import { parseKubernetesOptions } from './options'

const request: RunnerRequest = {
  key: { tenantId: 'acme', executionId: 'e1', taskRunId: 't1', attempt: 2 },
  labels: { 'kestra.io/namespace': 'company.team' },
  image: 'python:3',
  command: ['/bin/sh', '-c', 'curl -H "token: open-sesame" $(date)'],
  env: { PASSWORD: 'open-sesame' },
  hostDir: '/tmp/none',
  outputFiles: [],
  limits: { cpus: 2, memoryBytes: 1024, killGraceMs: 0, deadlineMs: 5000 },
  options: {},
  grant: defaultGrant,
  docker: defaultDocker,
}
const parts = (more: Partial<JobParts> = {}): JobParts => ({
  instance: 'one',
  namespace: 'millrace-acme',
  filesImage: 'busybox:1',
  request,
  options: parseKubernetesOptions({ labels: { team: 'data team' } }, { serviceAccounts: [], nodeSelector: false }),
  archive: Buffer.from('files'),
  ...more,
})

describe('the Job of a task run', () => {
  const job = describeJob(parts())
  const pod = job.spec!.template.spec!

  test('holds nothing of what a flow may say in secret: commands, environment, files', () => {
    expect(JSON.stringify(job)).not.toMatch(/open-sesame|curl|ZmlsZXM/)
    expect(pod.containers[1]!.args).toEqual(['$(MILLRACE_ARG_0)', '$(MILLRACE_ARG_1)', '$(MILLRACE_ARG_2)'])
    const { data = {} } = describeSecret(parts())
    expect(Object.keys(data)).toEqual(['arg.0', 'arg.1', 'arg.2', 'env.0', 'files.tar.gz'])
    expect(Buffer.from(data['arg.2']!, 'base64').toString()).toBe(request.command[2])
  })

  test('is as strict as "restricted" wants it, and more', () => {
    expect(pod).toMatchObject({
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      serviceAccountName: 'millrace-task',
    })
    for (const container of pod.containers) {
      expect(container.securityContext).toMatchObject({
        runAsNonRoot: true,
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        seccompProfile: { type: 'RuntimeDefault' },
      })
    }
    for (const volume of pod.volumes!) expect(Object.keys(volume).filter(key => key !== 'name')).toHaveLength(1)
  })

  test('is tried once, has a deadline, and goes some time after its end', () => {
    expect(job.spec).toMatchObject({ backoffLimit: 0, activeDeadlineSeconds: 725, ttlSecondsAfterFinished: 3600 })
  })

  test('carries limits and labels', () => {
    expect(pod.containers[1]!.resources).toEqual({ limits: { cpu: '2', memory: '1024' } })
    expect(job.metadata!.labels).toMatchObject({
      team: 'data-team',
      'kestra.io/namespace': 'company.team',
      'millrace.instance': 'one',
      'millrace.attempt': '2',
    })
  })

  test('has the same name for the same attempt, another for another', () => {
    const other = { ...request, key: { ...request.key, attempt: 3 } }
    expect(describeJob(parts()).metadata!.name).toBe(job.metadata!.name)
    expect(describeJob(parts({ request: other })).metadata!.name).not.toBe(job.metadata!.name)
  })

  test('can’t carry a command above the limit of a Secret', () => {
    const long = { ...request, command: ['x'.repeat(2_000_000)] }
    expect(() => describeSecret(parts({ request: long }))).toThrow(/2000016 bytes, 1000000 are the most.*inputFiles/)
  })
})
