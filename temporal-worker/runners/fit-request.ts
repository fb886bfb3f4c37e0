/** What a task asks of its runner, fitted into what its tenant may have, whichever runner it gets. */
import { parseDuration } from '#language/durations'
import type { RunnerPolicy } from './policy'
import { parseCpus, parseMemory, parseSize } from './quantities'
import { type RunnerName, type RunnerRequest, RunnerRequestError } from './runner'

type Options = Record<string, unknown>
type Asked = { cpus?: number; memoryBytes?: number }
type Limits = Pick<RunnerRequest['limits'], 'cpus' | 'memoryBytes' | 'pids' | 'killGraceMs'>

export type FittedRequest = {
  limits: Limits
  options: Options
  /** What the task does not get, for its log. */
  warnings: string[]
}

const mebibyte = 1024 ** 2

/** How each runner's properties say it. */
const asked: Record<RunnerName, (options: Options) => Asked> = {
  process: () => ({}),
  docker: ({ cpu, memory }) => ({
    ...amount('cpus', field(cpu, 'cpus'), parseCpus, '1.5'),
    ...amount('memoryBytes', field(memory, 'memory'), parseSize, '512MB'),
  }),
  kubernetes: ({ resources }) => {
    const limit = field(resources, 'limit')
    return {
      ...amount('cpus', field(limit, 'cpu'), parseCpus, '500m'),
      ...amount('memoryBytes', field(limit, 'memory'), parseMemory, '512Mi'),
    }
  },
  'aws-batch': ({ resources }) => {
    const request = field(resources, 'request')
    return {
      ...amount('cpus', field(request, 'cpu'), parseCpus, '1'),
      ...amount('memoryBytes', field(request, 'memory'), mebibytes, '2048'),
    }
  },
  'google-batch': ({ computeResource }) => ({
    ...amount('cpus', field(computeResource, 'cpu'), text => parseCpus(`${text}m`), '1000'),
    ...amount('memoryBytes', field(computeResource, 'memory'), mebibytes, '2048'),
  }),
  'cloud-run': () => ({}),
  'azure-batch': () => ({}),
}

/** What any runner understands; the rest of another runner's properties says nothing here. */
const common = ['pullPolicy', 'delete', 'resume', 'waitUntilRunning', 'waitUntilCompletion']

/** Throws RunnerRequestError where an amount can't be read. `requested` is the runner that the options are written for. */
export function fitRequest(given: {
  requested: RunnerName
  runner: RunnerName
  options: Options
  policy: RunnerPolicy
}): FittedRequest {
  const { requested, runner, options, policy } = given
  const wants = asked[requested](options)
  const most = policy.limits
  const warnings: string[] = []
  function fitted(name: keyof Asked, show: (amount: number) => string): number | undefined {
    const [want, may] = [wants[name], most[name]]
    // A container of the cluster that asks for nothing gets the default of its namespace.
    if (want === undefined) return runner === 'kubernetes' ? undefined : may
    if (may === undefined || want <= may) return want
    warnings.push(`The task asks for ${show(want)} and gets ${show(may)}, the most that is allowed here.`)
    return may
  }
  const cpus = fitted('cpus', amount => `${amount} CPUs`)
  const memoryBytes = fitted('memoryBytes', bytes => `${Math.ceil(bytes / mebibyte)} MiB of memory`)
  const grace = parseDuration(options.killGracePeriod) ?? policy.killGraceMs[runner]
  return {
    limits: {
      ...(cpus !== undefined && { cpus }),
      ...(memoryBytes !== undefined && { memoryBytes }),
      ...(most.pids !== undefined && { pids: most.pids }),
      killGraceMs: Math.min(grace, most.killGraceMs ?? grace),
    },
    options: optionsFor(given),
    warnings,
  }
}

function optionsFor({ requested, runner, options }: { requested: RunnerName; runner: RunnerName; options: Options }) {
  if (requested !== runner) return pick(options, common)
  const { resources } = options
  // What Kubernetes' say of limits stands in the request's now.
  const isRepeated = runner === 'kubernetes' && typeof resources === 'object' && resources !== null
  if (!isRepeated || !('limit' in resources)) return options
  const { limit: _limit, ...others } = resources
  return { ...options, resources: others }
}

function pick(options: Options, names: string[]): Options {
  return Object.fromEntries(Object.entries(options).filter(([name]) => names.includes(name)))
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Options)[name] : undefined
}

function amount(name: keyof Asked, value: unknown, parse: (text: string) => number | null, example: string): Asked {
  if (value === undefined || value === null || value === '') return {}
  const parsed = parse(String(value))
  if (parsed !== null) return { [name]: parsed }
  const what = name === 'cpus' ? 'CPUs' : 'memory'
  throw new RunnerRequestError(`taskRunner: "${String(value)}" is not an amount of ${what}; write e.g. ${example}.`)
}

function mebibytes(text: string): number | null {
  const count = Number(text)
  return Number.isFinite(count) && count >= 0 ? count * mebibyte : null
}
