import { createHash, randomBytes } from 'node:crypto'
import type { V1Job } from '@kubernetes/client-node'
import { keyLabels, labelsOf, normalizeLabel } from '../../labels'
import type { RunnerRequest } from '../../runner'
import { deadlineSlackSeconds, describePod, keptAfterEndSeconds, type PodParts } from '../job'
import { ownFolder, restFilesScript, restScript, tmpFolder } from './scripts'

/** Of the Jobs that hold a warm pod. */
export const warmLabels = {
  /** What the pod is like: only tasks that want the same take it. */
  shape: 'millrace.warm',
  /** Who may take it: on a Job that nobody uses. */
  idle: 'millrace.warm-idle',
} as const
export const warmNotes = {
  uses: 'millrace.warm/uses',
  pod: 'millrace.warm/pod',
  /** In milliseconds since 1970. */
  idleSince: 'millrace.warm/idle-since',
  idleUntil: 'millrace.warm/idle-until',
} as const

/** A Job whose pod waits for commands; it has the labels of the request that is its first use. */
export function describeWarmJob(parts: PodParts & { instance: string; namespace: string }): {
  shape: string
  job: V1Job
} {
  const { instance, namespace, request, options } = parts
  const spec = describePod(parts, {
    files: {
      command: ['sh', '-c', restFilesScript],
      volumeMounts: [
        { name: 'own', mountPath: ownFolder },
        { name: 'tmp', mountPath: tmpFolder },
      ],
    },
    main: { command: ['/bin/sh', '-c', restScript], stdin: true },
    volumes: [{ name: 'own', emptyDir: {} }],
  })
  const own = Object.fromEntries(Object.entries(options.labels).map(([name, value]) => [name, normalizeLabel(value)]))
  const text = JSON.stringify([instance, namespace, own, spec])
  const shape = createHash('sha256').update(text).digest('hex').slice(0, 32)
  const lasting = { ...own, ...lastingLabels(instance, request), [warmLabels.shape]: shape }
  const job: V1Job = {
    metadata: {
      name: `millrace-warm-${randomBytes(8).toString('hex')}`,
      namespace,
      labels: { ...lasting, ...labelsOfUse(instance, request) },
      annotations: { [warmNotes.uses]: '1' },
    },
    spec: {
      backoffLimit: 0,
      completions: 1,
      parallelism: 1,
      podReplacementPolicy: 'Failed',
      activeDeadlineSeconds: secondsOfUse(parts),
      ttlSecondsAfterFinished: keptAfterEndSeconds,
      template: { metadata: { labels: lasting }, spec },
    },
  }
  return { shape, job }
}

/** How long one use may take, should its worker be lost. */
export function secondsOfUse({ request, options }: Pick<PodParts, 'request' | 'options'>): number {
  const runMs = Math.min(request.limits.deadlineMs ?? Number.POSITIVE_INFINITY, options.waitUntilCompletion)
  return Math.ceil((options.waitUntilRunning + runMs + request.limits.killGraceMs) / 1000) + deadlineSlackSeconds
}

const lastingLabels = (instance: string, { key }: RunnerRequest) => ({
  [keyLabels.instance]: instance,
  [keyLabels.tenantId]: key.tenantId,
})

/** What a Job says of the task run that uses it. */
export function labelsOfUse(instance: string, request: RunnerRequest): Record<string, string> {
  const lasting = lastingLabels(instance, request)
  return Object.fromEntries(Object.entries(labelsOf(instance, request, false)).filter(([name]) => !(name in lasting)))
}
