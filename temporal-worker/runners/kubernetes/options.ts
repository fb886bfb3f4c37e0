import { z } from 'zod'
import { Duration, Flag, parseOptions, Text } from '../option-schemas'
import { type ClusterGrant, RunnerRequestError } from '../runner'

const cpuPattern = /^(\d+(\.\d+)?|\d+m)$/
const memoryPattern = /^\d+(\.\d+)?([kKMGTPE]i?)?$/
const Amounts = z.strictObject({
  cpu: Text.refine(text => cpuPattern.test(text), 'is not an amount of CPU; write e.g. 500m or 2').optional(),
  memory: Text.refine(text => memoryPattern.test(text), 'is not an amount of memory; write e.g. 512Mi').optional(),
})
const Resources = z.strictObject({ request: Amounts.default({}), limit: Amounts.default({}) })
const noResources = { request: {}, limit: {} }

const Options = z.object({
  labels: z.record(z.string(), Text).default({}),
  nodeSelector: z.record(z.string(), Text).default({}),
  pullPolicy: z
    .union([z.enum(['ALWAYS', 'IF_NOT_PRESENT', 'NEVER']), z.enum(['Always', 'IfNotPresent', 'Never'])])
    .default('IF_NOT_PRESENT')
    .transform(policy => policies[policy]),
  resources: Resources.default(noResources),
  serviceAccountName: Text.optional(),
  waitUntilRunning: Duration.default(600_000),
  waitUntilCompletion: Duration.default(3_600_000),
  delete: Flag.default(true),
  resume: Flag.default(true),
})
export type KubernetesOptions = z.output<typeof Options>

const policies = {
  ALWAYS: 'Always',
  Always: 'Always',
  IF_NOT_PRESENT: 'IfNotPresent',
  IfNotPresent: 'IfNotPresent',
  NEVER: 'Never',
  Never: 'Never',
} as const

/** What Kestra's runner takes and this one never will: the cluster, the namespace and the pod are the operator's. */
const refused: Record<string, string> = {
  config: 'the cluster is the one of this installation',
  namespace: 'a tenant’s tasks run in the namespace of the tenant',
  podSpec: 'the pod is made by this installation; resources, nodeSelector and labels can be set',
  containerSpec: 'the container is made by this installation; resources can be set',
  containerDefaultSpec: 'the containers are made by this installation; resources can be set',
}

/** By these Jobs, services, policies and controllers find pods, and we ours. Those of Kestra are set after a flow's own. */
function isReserved(label: string): boolean {
  const domain = label.includes('/') ? label.split('/')[0]! : ''
  if (domain === 'app.kubernetes.io') return false
  return /(^|\.)(kubernetes|k8s)\.io$/.test(domain) || /^(job-name$|controller-uid$|k8s-app$|millrace\.)/.test(label)
}

/** Reads the properties of a Kubernetes task runner; refuses what is wrong and what the operator does not allow. */
export function parseKubernetesOptions(
  options: Record<string, unknown>,
  grant: Pick<ClusterGrant, 'serviceAccounts' | 'nodeSelector'>,
): KubernetesOptions {
  for (const [name, reason] of Object.entries(refused)) {
    if (options[name] !== undefined) throw new RunnerRequestError(`taskRunner: "${name}" is not allowed: ${reason}.`)
  }
  const parsed = parseOptions(Options, options)
  const { labels, serviceAccountName, nodeSelector } = parsed
  const label = Object.keys(labels).find(isReserved)
  if (label !== undefined) {
    throw new RunnerRequestError(
      `taskRunner: the label "${label}" is not allowed: it is the cluster’s or this installation’s.`,
    )
  }
  if (serviceAccountName !== undefined && !grant.serviceAccounts.includes(serviceAccountName)) {
    throw new RunnerRequestError(
      `taskRunner: "serviceAccountName: ${serviceAccountName}" is not allowed by the operator of this installation.`,
    )
  }
  if (Object.keys(nodeSelector).length > 0 && !grant.nodeSelector) {
    throw new RunnerRequestError('taskRunner: "nodeSelector" is not allowed by the operator of this installation.')
  }
  return parsed
}
