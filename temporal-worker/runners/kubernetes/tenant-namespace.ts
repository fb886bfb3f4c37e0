/** What a tenant's namespace of the cluster holds besides its Jobs; made and kept as declared here. */
import { keyLabels } from '../labels'
import { parseCpus, parseMemory } from '../quantities'
import type { ClusterGrant } from '../runner'
import { type Cluster, type Declared, unless } from './cluster'

/** On all that is made here. */
export const managedBy = 'app.kubernetes.io/managed-by'

/** Of the ResourceQuota that bounds all that a tenant's pods may have together. */
export const quotaName = 'millrace'

/** Pods carry no token of it: it may do nothing. */
export const serviceAccountName = 'millrace-task'

/** Everything but private, link-local (metadata services) and other addresses that are no public internet. */
const notPublic = {
  '0.0.0.0/0': [
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.0.0.0/24',
    '192.168.0.0/16',
    '198.18.0.0/15',
    '224.0.0.0/4',
    '240.0.0.0/4',
  ],
  '::/0': ['::1/128', '64:ff9b::/96', 'fc00::/7', 'fe80::/10', 'ff00::/8'],
}

/** Pinned, so that a newer cluster refuses nothing that was tried with an older one. */
const podSecurityVersion = 'v1.34'
const podSecurity = Object.fromEntries(
  ['enforce', 'audit', 'warn'].flatMap(mode => [
    [`pod-security.kubernetes.io/${mode}`, 'restricted'],
    [`pod-security.kubernetes.io/${mode}-version`, podSecurityVersion],
  ]),
)

/** Jobs that wait for room or have ended; bounded for the API server's sake, far above what runs at once. */
const jobsPerPod = 20
const leastJobs = 1000

function quotaOf(grant: ClusterGrant): Record<string, string> {
  const jobs = Math.max(leastJobs, grant.pods * jobsPerPod)
  return {
    pods: String(grant.pods),
    'count/jobs.batch': String(jobs),
    // One for each Job, made before it and gone after it.
    secrets: String(2 * jobs),
    'requests.cpu': grant.cpus,
    'requests.memory': grant.memory,
    'requests.ephemeral-storage': grant.allEphemeralStorage,
    'limits.cpu': grant.cpus,
    'limits.memory': grant.memory,
    'limits.ephemeral-storage': grant.allEphemeralStorage,
    'requests.storage': '0',
    persistentvolumeclaims: '0',
    services: '0',
    'services.loadbalancers': '0',
    'services.nodeports': '0',
  }
}

/** What the container that carries files takes; a smaller limit would refuse each pod. */
const leastMost = { cpus: 1, memoryBytes: 128 * 1024 ** 2 }

function limitsOf(grant: ClusterGrant) {
  const { most = {}, ephemeralStorage } = grant
  const cpu = most.cpus === undefined ? grant.cpus : String(Math.max(most.cpus, leastMost.cpus))
  const memory =
    most.memoryBytes === undefined ? grant.memory : String(Math.max(most.memoryBytes, leastMost.memoryBytes))
  return {
    type: 'Container',
    default: {
      cpu: smallest(parseCpus, grant.defaultCpu, most.cpus),
      memory: smallest(parseMemory, grant.defaultMemory, most.memoryBytes),
      'ephemeral-storage': ephemeralStorage,
    },
    defaultRequest: { cpu: '50m', memory: '64Mi', 'ephemeral-storage': '64Mi' },
    max: { cpu, memory, 'ephemeral-storage': ephemeralStorage },
  }
}

function smallest(parse: (text: string) => number | null, amount: string, most: number | undefined): string {
  return most !== undefined && most < (parse(amount) ?? 0) ? String(most) : amount
}

/** The name of a tenant's namespace: `<prefix>-<tenant>`. */
export function namespaceOf(prefix: string, tenantId: string): string {
  return `${prefix}-${tenantId}`
}

type TenantNamespace = { instance: string; namespace: string; tenantId: string; grant: ClusterGrant }

/** Makes the namespace and what it holds, or brings them back to what is declared. */
export async function applyTenantNamespace(cluster: Cluster, wanted: TenantNamespace): Promise<void> {
  const [first, ...others] = describeTenantNamespace(wanted)
  await cluster.apply(first!)
  await Promise.all(others.map(object => cluster.apply(object)))
}

/** Removes the namespace with all that runs in it; true until it is gone. One that is not of this tenant is left alone. */
export async function removeTenantNamespace(
  cluster: Cluster,
  { namespace, tenantId }: { namespace: string; tenantId: string },
): Promise<boolean> {
  const found = await unless(404, cluster.core.readNamespace({ name: namespace }), undefined)
  if (found === undefined || found.metadata?.labels?.[keyLabels.tenantId] !== tenantId) return false
  // It takes the cluster a while: the next look sees whether it has.
  if (found.metadata.deletionTimestamp === undefined) {
    await unless(404, cluster.core.deleteNamespace({ name: namespace }), undefined)
  }
  return true
}

export function describeTenantNamespace({ instance, namespace, tenantId, grant }: TenantNamespace): Declared[] {
  const labels = { [managedBy]: 'millrace', [keyLabels.tenantId]: tenantId }
  // By it an installation knows its own again, in a cluster that it shares.
  const own = { ...labels, [keyLabels.instance]: instance }
  const inside = (name: string) => ({ name, namespace, labels })
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: { ...own, ...podSecurity } } },
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: inside(serviceAccountName),
      automountServiceAccountToken: false,
    },
    {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: inside(quotaName),
      spec: { hard: quotaOf(grant) },
    },
    {
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata: inside('millrace'),
      spec: { limits: [limitsOf(grant)] },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: inside('millrace-deny'),
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: inside('millrace-internet'),
      spec: {
        podSelector: {},
        policyTypes: ['Egress'],
        egress: [
          { to: Object.entries(notPublic).map(([cidr, except]) => ({ ipBlock: { cidr, except } })) },
          {
            to: [
              {
                namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
                podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
              },
            ],
            ports: [
              { protocol: 'UDP', port: 53 },
              { protocol: 'TCP', port: 53 },
            ],
          },
        ],
      },
    },
  ]
}
