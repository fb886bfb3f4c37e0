import { stateNames } from './states'

const hourMs = 3_600_000

/** How far back; the key stands in the address. */
export const ranges = {
  '1h': { label: 'Last hour', ms: hourMs },
  '24h': { label: 'Last 24 hours', ms: 24 * hourMs },
  '7d': { label: 'Last 7 days', ms: 7 * 24 * hourMs },
  '30d': { label: 'Last 30 days', ms: 30 * 24 * hourMs },
} as const
export type RangeKey = keyof typeof ranges

export type ExecutionFilterValues = {
  q?: string
  states: string[]
  namespace?: string
  flow?: string
  within?: RangeKey
}

export const noFilters = { q: undefined, state: undefined, namespace: undefined, flow: undefined, within: undefined }

export function filtersOf(params: URLSearchParams): ExecutionFilterValues {
  const within = params.get('within')
  const states = params.get('state')?.split(',') ?? []
  return {
    q: params.get('q') ?? undefined,
    states: states.filter(state => (stateNames as string[]).includes(state)),
    namespace: params.get('namespace') ?? undefined,
    flow: params.get('flow') ?? undefined,
    within: within && Object.hasOwn(ranges, within) ? (within as RangeKey) : undefined,
  }
}

export function isFiltered({ q, states, namespace, flow, within }: ExecutionFilterValues): boolean {
  return Boolean(q || states.length > 0 || namespace || flow || within)
}

const minuteMs = 60_000

/** Rounded to the minute: the same question for a while, so that it can be cached. */
export function startDateOf(within: RangeKey | undefined, nowMs: number = Date.now()): string | undefined {
  if (!within) return undefined
  return new Date(Math.floor((nowMs - ranges[within].ms) / minuteMs) * minuteMs).toISOString()
}
