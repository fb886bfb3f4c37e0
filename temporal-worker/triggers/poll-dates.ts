import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Trigger as TriggerRow } from '#db/generated/client'
import { durationMs } from '#language/durations'
import type { JsonObject } from '#language/json'
import type { ActivityDependencies } from '../activities/dependencies'

type Row = Pick<TriggerRow, 'tenantId' | 'namespace' | 'flowId' | 'triggerId' | 'type' | 'definition'>
export type PollDates = { everyMs: number; offsetMs: number }

/** When a polling trigger is looked at: each so many milliseconds, counted from so long after the beginning of 1970. */
export function pollDates({ catalog }: Pick<ActivityDependencies, 'catalog'>, row: Row): PollDates | undefined {
  const interval = catalog.find(row.type)?.properties.shape.interval
  const written = z.string().safeParse(interval?.safeParse((row.definition as JsonObject).interval).data)
  if (!written.success) return undefined
  const everyMs = durationMs(written.data)
  return { everyMs, offsetMs: offsetOf(row, everyMs) }
}

/** The first look after a moment. */
export function nextPoll({ everyMs, offsetMs }: PollDates, now: Date): Date {
  return new Date((Math.floor((now.getTime() - offsetMs) / everyMs) + 1) * everyMs + offsetMs)
}

/** Without it all triggers of one interval were looked at in the same instant. In whole seconds, as Temporal counts. */
function offsetOf({ tenantId, namespace, flowId, triggerId }: Row, everyMs: number): number {
  const digest = createHash('sha256')
    .update(JSON.stringify([tenantId, namespace, flowId, triggerId]))
    .digest()
  return (digest.readUInt32BE() % Math.max(1, Math.floor(everyMs / 1000))) * 1000
}
