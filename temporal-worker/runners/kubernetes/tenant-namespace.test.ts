import { describe, expect, test } from 'vitest'
import { defaultGrant } from '../policy'
import type { ClusterGrant } from '../runner'
import { describeTenantNamespace } from './tenant-namespace'

function declared(grant: Partial<ClusterGrant> = {}) {
  const objects = describeTenantNamespace({
    instance: 'i',
    namespace: 'millrace-acme',
    tenantId: 'acme',
    grant: { ...defaultGrant, ...grant },
  })
  const specOf = (kind: string) => objects.find(object => object.kind === kind)!.spec as Record<string, unknown>
  return { labels: objects[0]!.metadata.labels, quota: specOf('ResourceQuota'), limits: specOf('LimitRange') }
}

describe('the namespace of a tenant', () => {
  test('has the strictest standard, of one version', () => {
    expect(declared().labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/enforce-version': 'v1.34',
      'pod-security.kubernetes.io/warn-version': 'v1.34',
    })
  })

  test('bounds all that a tenant could fill the cluster with', () => {
    expect(declared({ pods: 100 }).quota).toEqual({
      hard: {
        pods: '100',
        'count/jobs.batch': '2000',
        secrets: '4000',
        'requests.cpu': '16',
        'requests.memory': '32Gi',
        'requests.ephemeral-storage': '600Gi',
        'limits.cpu': '16',
        'limits.memory': '32Gi',
        'limits.ephemeral-storage': '600Gi',
        'requests.storage': '0',
        persistentvolumeclaims: '0',
        services: '0',
        'services.loadbalancers': '0',
        'services.nodeports': '0',
      },
    })
  })

  test.each<[string, Partial<ClusterGrant>, object]>([
    ['of all', {}, { default: { cpu: '1', memory: '512Mi' }, max: { cpu: '16', memory: '32Gi' } }],
    [
      'of one',
      { most: { cpus: 4, memoryBytes: 2 ** 30 } },
      { default: { cpu: '1', memory: '512Mi' }, max: { cpu: '4', memory: String(2 ** 30) } },
    ],
    [
      'of one, below the default and what the container for files takes',
      { most: { cpus: 0.5, memoryBytes: 2 ** 26 } },
      { default: { cpu: '0.5', memory: String(2 ** 26) }, max: { cpu: '1', memory: String(2 ** 27) } },
    ],
  ])('limits a container to what the operator says %s', (_name, grant, expected) => {
    expect(declared(grant).limits).toMatchObject({ limits: [expected] })
  })
})
