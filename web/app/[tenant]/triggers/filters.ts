import { triggerText } from '#text/trigger'
import { type Kind, kindNames } from '#web/components/triggers/kinds'

/** What the page can narrow by; the key stands in the address. */
export const statuses = {
  enabled: { label: triggerText.enabled, asks: { disabled: false } },
  disabled: { label: triggerText.disabled, asks: { disabled: true } },
  error: { label: triggerText.withAnError, asks: { withError: true } },
  backfill: { label: triggerText.inABackfill, asks: { withBackfill: true } },
} as const
export type Status = keyof typeof statuses

export type TriggerFilters = { q?: string; kind?: Kind; status?: Status }

export const noFilters = { q: undefined, kind: undefined, status: undefined }

export function filtersOf(params: URLSearchParams): TriggerFilters {
  const kind = params.get('kind')
  const status = params.get('status')
  return {
    q: params.get('q') ?? undefined,
    kind: kindNames.find(name => name === kind),
    status: status && Object.hasOwn(statuses, status) ? (status as Status) : undefined,
  }
}

export function isFiltered({ q, kind, status }: TriggerFilters): boolean {
  return Boolean(q || kind || status)
}
