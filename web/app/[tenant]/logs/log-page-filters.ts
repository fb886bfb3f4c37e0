import { isRange, type RangeKey } from '#web/components/execution/filters'
import { isLevel, type Level } from '#web/components/logs/log-lines'

export type LogPageFilters = { q?: string; minLevel: Level; namespace?: string; flow?: string; within: RangeKey }

export const usual = { level: 'INFO', within: '24h' } as const

/** Names in the address. */
export const noFilters = { q: undefined, level: undefined, namespace: undefined, flow: undefined, within: undefined }

export function logFiltersOf(params: URLSearchParams): LogPageFilters {
  const [level, within] = [params.get('level'), params.get('within')]
  return {
    q: params.get('q') ?? undefined,
    minLevel: isLevel(level) ? level : usual.level,
    namespace: params.get('namespace') ?? undefined,
    flow: params.get('flow') ?? undefined,
    within: isRange(within) ? within : usual.within,
  }
}

export function isNarrowed({ q, minLevel, namespace, flow, within }: LogPageFilters): boolean {
  return Boolean(q || namespace || flow) || minLevel !== usual.level || within !== usual.within
}
