import { durationMs } from '../durations'
import type { Quota } from '../flow'
import type { PlanQuota } from '../plan'

export function compileQuota({ duration, limit, behavior }: Quota): PlanQuota {
  return { durationMs: durationMs(duration), limit, behavior }
}
