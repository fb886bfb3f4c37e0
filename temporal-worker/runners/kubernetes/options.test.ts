import { describe, expect, test } from 'vitest'
import { parseKubernetesOptions } from './options'

const closed = { serviceAccounts: [], nodeSelector: false }

describe('the properties of a Kubernetes task runner', () => {
  test.each<[string, Record<string, unknown>, object]>([
    [
      'nothing',
      {},
      { pullPolicy: 'IfNotPresent', waitUntilRunning: 600_000, waitUntilCompletion: 3_600_000, delete: true },
    ],
    [
      'durations',
      { waitUntilRunning: 'PT1M', waitUntilCompletion: 'P1D' },
      { waitUntilRunning: 60_000, waitUntilCompletion: 86_400_000 },
    ],
    ['Kestra’s names of pull policies', { pullPolicy: 'ALWAYS' }, { pullPolicy: 'Always' }],
    ['the cluster’s names of pull policies', { pullPolicy: 'Never' }, { pullPolicy: 'Never' }],
    [
      'resources',
      { resources: { limit: { cpu: 2, memory: '1Gi' } } },
      { resources: { request: {}, limit: { cpu: '2', memory: '1Gi' } } },
    ],
    ['labels', { labels: { team: 'data', 'app.kubernetes.io/part-of': 'etl' } }, { labels: { team: 'data' } }],
    ['rendered flags', { delete: 'false', resume: 'true' }, { delete: false, resume: true }],
  ])('%s', (_name, options, expected) => {
    expect(parseKubernetesOptions(options, closed)).toMatchObject(expected)
  })

  test.each<[Record<string, unknown>, RegExp]>([
    [{ namespace: 'kube-system' }, /"namespace" is not allowed: a tenant’s tasks run in the namespace of the tenant/],
    [{ config: { masterUrl: 'https://elsewhere' } }, /"config" is not allowed/],
    [{ podSpec: { hostNetwork: true } }, /"podSpec" is not allowed/],
    [{ containerSpec: {} }, /"containerSpec" is not allowed/],
    [{ serviceAccountName: 'admin' }, /"serviceAccountName: admin" is not allowed by the operator/],
    [{ nodeSelector: { disk: 'ssd' } }, /"nodeSelector" is not allowed by the operator/],
    [{ waitUntilRunning: 'soon' }, /"soon" is not a duration/],
    [{ resources: { limit: { cpu: 'lots' } } }, /not an amount of CPU/],
    [{ resources: { limits: {} } }, /limits/],
    [{ pullPolicy: 'SOMETIMES' }, /pullPolicy/],
    [{ labels: { 'millrace.tenant': 'other' } }, /"millrace.tenant" is not allowed: it is the cluster’s/],
    [{ labels: { 'millrace.keep': 'true' } }, /the label .* is not allowed/],
    [{ labels: { 'job-name': 'other' } }, /the label .* is not allowed/],
    [{ labels: { 'batch.kubernetes.io/job-name': 'other' } }, /the label .* is not allowed/],
    [{ labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } }, /the label .* is not allowed/],
    [{ labels: { 'k8s-app': 'kube-dns' } }, /the label .* is not allowed/],
  ])('%j is refused', (options, message) => {
    expect(() => parseKubernetesOptions(options, closed)).toThrow(message)
  })

  test('what the operator allows is taken', () => {
    const open = { serviceAccounts: ['loader'], nodeSelector: true }
    const options = { serviceAccountName: 'loader', nodeSelector: { disk: 'ssd' } }
    expect(parseKubernetesOptions(options, open)).toMatchObject(options)
  })
})
