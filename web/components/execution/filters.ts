import { executionText } from '#text/execution'
import { stateNames } from './states'

const hourMs = 3_600_000

/** How far back; the key stands in the address. */
export const ranges = {
  '1h': { label: executionText.ranges['1h'], ms: hourMs },
  '6h': { label: executionText.ranges['6h'], ms: 6 * hourMs },
  '24h': { label: executionText.ranges['24h'], ms: 24 * hourMs },
  '7d': { label: executionText.ranges['7d'], ms: 7 * 24 * hourMs },
  '30d': { label: executionText.ranges['30d'], ms: 30 * 24 * hourMs },
} as const
export type RangeKey = keyof typeof ranges

export type ExecutionFilterValues = {
  q?: string
  states: string[]
  namespace?: string
  flow?: string
  /** `key:value`, all must hold. */
  labels: string[]
  within?: RangeKey
  /** A part of the past, ISO 8601; both count more than `within`. */
  from?: string
  to?: string
}

/** Names in the address. */
const names = ['q', 'state', 'namespace', 'flow', 'labels', 'within', 'from', 'to'] as const
type Name = (typeof names)[number]

export const noFilters: Record<Name, undefined> = {
  q: undefined,
  state: undefined,
  namespace: undefined,
  flow: undefined,
  labels: undefined,
  within: undefined,
  from: undefined,
  to: undefined,
}

export function filtersOf(params: URLSearchParams): ExecutionFilterValues {
  const within = params.get('within')
  const states = params.get('state')?.split(',') ?? []
  return {
    q: params.get('q') ?? undefined,
    states: states.filter(state => (stateNames as string[]).includes(state)),
    namespace: params.get('namespace') ?? undefined,
    flow: params.get('flow') ?? undefined,
    labels: labelsOf(params.get('labels')),
    within: isRange(within) ? within : undefined,
    from: dateOf(params.get('from')),
    to: dateOf(params.get('to')),
  }
}

export function isRange(text: string | null): text is RangeKey {
  return text !== null && Object.hasOwn(ranges, text)
}

/** `a:b,c:d` are two labels; a comma that no key follows belongs to its value. */
export function labelsOf(text: string | null): string[] {
  return (text ?? '').split(/,(?=[^,:]+:)/).filter(label => /^[^:]+:./.test(label))
}

function dateOf(text: string | null): string | undefined {
  const ms = Date.parse(text ?? '')
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString()
}

/** The address of a list of executions, for whoever looks at a number of them. */
export function executionsHref(tenant: string, filters: Partial<Record<Name, string>>): string {
  const given = Object.entries(filters).filter(([, value]) => value)
  return `/${tenant}/executions${given.length > 0 ? `?${new URLSearchParams(given)}` : ''}`
}

export function isFiltered(values: ExecutionFilterValues): boolean {
  const { q, states, namespace, flow, labels, within, from, to } = values
  return Boolean(q || states.length > 0 || namespace || flow || labels.length > 0 || within || from || to)
}

const minuteMs = 60_000

/** Rounded to the minute: the same question for a while, so that it can be cached. */
export function startDateOf(within: RangeKey | undefined, nowMs: number = Date.now()): string | undefined {
  if (!within) return undefined
  return new Date(Math.floor((nowMs - ranges[within].ms) / minuteMs) * minuteMs).toISOString()
}
