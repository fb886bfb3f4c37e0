import type { Runner } from './runner'

export type RunnerName = Runner['name']

/** What the operator of an installation allows to tasks that run users' code. */
export type RunnerPolicy = {
  /** By the runner a task asks for: those it may get, best first; the first that is available is taken. */
  runnersFor: Record<RunnerName, RunnerName[]>
  /** The runner of a task that names none. */
  defaultRunner: RunnerName
  /** No task gets more. */
  limits: { cpus?: number; memoryBytes?: number; pids?: number }
  /** How long a command may take to stop when its task says nothing. */
  killGraceMs: Record<RunnerName, number>
  /** Output of one task run above this is dropped, with a line that says so. */
  maxLogBytes: number
}

const limits: RunnerPolicy['limits'] = { pids: 4096 }
// A container's first process ignores SIGTERM unless it handles it: waiting helps only those who ask for it.
const killGraceMs: RunnerPolicy['killGraceMs'] = { process: 5000, docker: 0, kubernetes: 0 }
const maxLogBytes = 16 * 1024 * 1024

/** One machine, one team: containers if a Docker daemon answers, else plain processes with a warning. */
export const localPolicy: RunnerPolicy = {
  runnersFor: {
    process: ['process'],
    docker: ['docker', 'process'],
    kubernetes: ['kubernetes', 'docker', 'process'],
  },
  defaultRunner: 'docker',
  limits,
  killGraceMs,
  maxLogBytes,
}

/** Many tenants: Kubernetes Jobs whatever the flow says, and no falling back. */
export const hostedPolicy: RunnerPolicy = {
  runnersFor: { process: ['kubernetes'], docker: ['kubernetes'], kubernetes: ['kubernetes'] },
  defaultRunner: 'kubernetes',
  limits,
  killGraceMs,
  maxLogBytes,
}

const requestedByType: Record<string, RunnerName> = {
  'io.kestra.plugin.core.runner.Process': 'process',
  'io.kestra.core.models.tasks.runners.types.ProcessTaskRunner': 'process',
  'io.kestra.plugin.scripts.runner.docker.Docker': 'docker',
  'io.kestra.plugin.scripts.runner.docker.DockerTaskRunner': 'docker',
  'io.kestra.plugin.ee.kubernetes.runner.Kubernetes': 'kubernetes',
  'io.kestra.plugin.kubernetes.runner.Kubernetes': 'kubernetes',
  'io.kestra.plugin.kubernetes.runner.KubernetesTaskRunner': 'kubernetes',
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
}
const absences: Record<RunnerName, string> = {
  process: 'processes are not supported on this system',
  docker: 'no Docker daemon answers',
  kubernetes: 'no Kubernetes cluster answers',
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
