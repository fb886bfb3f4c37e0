import { type ClusterGrant, type DockerGrant, type RunnerName, runnerNames } from './runner'

/** What the operator of an installation allows to tasks that run users' code. */
export type RunnerPolicy = {
  /** By the runner a task asks for: those it may get, best first; the first that is available is taken. */
  runnersFor: Record<RunnerName, RunnerName[]>
  /** The runner of a task that names none. */
  defaultRunner: RunnerName
  /** No task gets more, nor longer to stop. */
  limits: { cpus?: number; memoryBytes?: number; pids?: number; killGraceMs?: number }
  /** How long a command may take to stop when its task says nothing. */
  killGraceMs: Record<RunnerName, number>
  /** Output of one task run above this is dropped, with a line that says so. */
  maxLogBytes: number
  /** Output files of one task run that are larger together fail it: they pass through the worker's disk. */
  maxOutputBytes: number
  /** What a tenant gets of a Kubernetes cluster. */
  grant: ClusterGrant
  docker: DockerGrant
}

const limits: RunnerPolicy['limits'] = { pids: 4096, killGraceMs: 600_000 }
// A container's first process ignores SIGTERM unless it handles it: waiting helps only those who ask for it.
const killGraceMs: RunnerPolicy['killGraceMs'] = {
  process: 5000,
  docker: 0,
  kubernetes: 0,
  'aws-batch': 0,
  'google-batch': 0,
  'cloud-run': 0,
  'azure-batch': 0,
}
const maxLogBytes = 16 * 1024 * 1024
const maxOutputBytes = 10 * 1024 ** 3

export const defaultGrant: ClusterGrant = {
  pods: 50,
  cpus: '16',
  memory: '32Gi',
  defaultCpu: '1',
  defaultMemory: '512Mi',
  ephemeralStorage: '10Gi',
  allEphemeralStorage: '600Gi',
  serviceAccounts: [],
  nodeSelector: false,
}

/** As Kestra's defaults are: an operator who wants them opens them. */
export const defaultDocker: DockerGrant = { volumes: false, privileged: false, hostNetwork: false }

/** One machine, one team: containers if a Docker daemon answers, else plain processes with a warning. */
export const localPolicy: RunnerPolicy = {
  runnersFor: {
    process: ['process'],
    docker: ['docker', 'process'],
    kubernetes: ['kubernetes', 'docker', 'process'],
    'aws-batch': ['aws-batch'],
    'google-batch': ['google-batch'],
    'cloud-run': ['cloud-run'],
    'azure-batch': ['azure-batch'],
  },
  defaultRunner: 'docker',
  limits,
  killGraceMs,
  maxLogBytes,
  maxOutputBytes,
  grant: defaultGrant,
  docker: defaultDocker,
}

/** Many tenants: Kubernetes Jobs whatever the flow says, and no falling back. */
export const hostedPolicy: RunnerPolicy = {
  runnersFor: {
    process: ['kubernetes'],
    docker: ['kubernetes'],
    kubernetes: ['kubernetes'],
    'aws-batch': ['kubernetes'],
    'google-batch': ['kubernetes'],
    'cloud-run': ['kubernetes'],
    'azure-batch': ['kubernetes'],
  },
  defaultRunner: 'kubernetes',
  limits,
  killGraceMs,
  maxLogBytes,
  maxOutputBytes,
  grant: defaultGrant,
  docker: defaultDocker,
}

/** What is otherwise than in the policy before; what it does not name stays. */
export type PolicyChange = {
  runnersFor?: Partial<RunnerPolicy['runnersFor']>
  defaultRunner?: RunnerName
  limits?: RunnerPolicy['limits']
  /** For all runners. */
  killGraceMs?: number
  maxLogBytes?: number
  maxOutputBytes?: number
  grant?: Partial<ClusterGrant>
  docker?: Partial<DockerGrant>
}

export function changePolicy(policy: RunnerPolicy, change: PolicyChange): RunnerPolicy {
  const { killGraceMs: grace } = change
  const sameForAll = (ms: number) =>
    Object.fromEntries(runnerNames.map(name => [name, ms])) as Record<RunnerName, number>
  return {
    runnersFor: { ...policy.runnersFor, ...change.runnersFor },
    defaultRunner: change.defaultRunner ?? policy.defaultRunner,
    limits: { ...policy.limits, ...change.limits },
    killGraceMs: grace === undefined ? policy.killGraceMs : sameForAll(grace),
    maxLogBytes: change.maxLogBytes ?? policy.maxLogBytes,
    maxOutputBytes: change.maxOutputBytes ?? policy.maxOutputBytes,
    grant: { ...policy.grant, ...change.grant },
    docker: { ...policy.docker, ...change.docker },
  }
}

const requestedByType: Record<string, RunnerName> = {
  'io.kestra.plugin.core.runner.Process': 'process',
  'io.kestra.core.models.tasks.runners.types.ProcessTaskRunner': 'process',
  'io.kestra.plugin.scripts.runner.docker.Docker': 'docker',
  'io.kestra.plugin.scripts.runner.docker.DockerTaskRunner': 'docker',
  'io.kestra.plugin.ee.kubernetes.runner.Kubernetes': 'kubernetes',
  'io.kestra.plugin.kubernetes.runner.Kubernetes': 'kubernetes',
  'io.kestra.plugin.kubernetes.runner.KubernetesTaskRunner': 'kubernetes',
  'io.kestra.plugin.ee.aws.runner.Batch': 'aws-batch',
  'io.kestra.plugin.ee.gcp.runner.Batch': 'google-batch',
  'io.kestra.plugin.ee.gcp.runner.CloudRun': 'cloud-run',
  'io.kestra.plugin.ee.azure.runner.Batch': 'azure-batch',
}

/** The runner that a task runner's type asks for; undefined where the type is unknown. */
export function requestedRunner(type: string | undefined, policy: RunnerPolicy): RunnerName | undefined {
  return type === undefined ? policy.defaultRunner : requestedByType[type]
}

export type RunnerChoice =
  | { kind: 'chosen'; runner: RunnerName; notice: { level: 'DEBUG' | 'INFO' | 'WARN'; message: string } }
  | { kind: 'refused'; message: string }

const titles: Record<RunnerName, string> = {
  process: 'a process of this machine',
  docker: 'a Docker container',
  kubernetes: 'a Kubernetes Job',
  'aws-batch': 'a job of AWS Batch',
  'google-batch': 'a job of Google Batch',
  'cloud-run': 'a job of Google Cloud Run',
  'azure-batch': 'a task of Azure Batch',
}
const absences: Record<RunnerName, string> = {
  process: 'processes are not supported on this system',
  docker: 'no Docker daemon answers',
  kubernetes: 'no Kubernetes cluster answers',
  'aws-batch': 'AWS Batch is not supported here',
  'google-batch': 'Google Batch is not supported here',
  'cloud-run': 'Google Cloud Run is not supported here',
  'azure-batch': 'Azure Batch is not supported here',
}

/** Which runner a task really gets, and what its log says about it. */
export function chooseRunner(
  requestedType: string | undefined,
  policy: RunnerPolicy,
  available: ReadonlySet<RunnerName>,
): RunnerChoice {
  const requested = requestedRunner(requestedType, policy)
  if (requested === undefined) {
    return {
      kind: 'refused',
      message: `Unknown task runner "${requestedType}". Known are ${Object.keys(requestedByType).join(', ')}.`,
    }
  }
  const candidates = policy.runnersFor[requested]
  const runner = candidates.find(name => available.has(name))
  if (runner === undefined) {
    const reasons = candidates.map(name => absences[name])
    return {
      kind: 'refused',
      message: `Can't run this task: ${reasons.join(', ') || `${requested} is not allowed here`}.`,
    }
  }
  return { kind: 'chosen', runner, notice: explain(requested, runner, candidates) }
}

function explain(requested: RunnerName, runner: RunnerName, candidates: RunnerName[]) {
  if (runner === requested) return { level: 'DEBUG' as const, message: `Runs as ${titles[runner]}.` }
  if (runner === candidates[0]) {
    return { level: 'INFO' as const, message: `Runs as ${titles[runner]} by the policy of this installation.` }
  }
  const missing = candidates.slice(0, candidates.indexOf(runner)).map(name => absences[name])
  const isolation = runner === 'process' ? ', without isolation; the container image and its limits are not used' : ''
  return { level: 'WARN' as const, message: `Runs as ${titles[runner]}${isolation}: ${missing.join(', ')}.` }
}
