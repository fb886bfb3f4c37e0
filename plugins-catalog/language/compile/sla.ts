import { durationMs } from '../durations'
import type { Sla } from '../flow'
import type { PlanSla } from '../plan'
import { rendered } from './rendered'

/** Durations become milliseconds, assertions are marked where only an activity can render them. */
export function compileSla(sla: Sla): PlanSla {
  const { id, behavior, labels = [] } = sla
  const common = { id, behavior, labels }
  switch (sla.type) {
    case 'MAX_DURATION':
      return { ...common, type: sla.type, durationMs: durationMs(sla.duration) }
    case 'EXECUTION_ASSERTION':
      return { ...common, type: sla.type, assert: rendered(sla.assert) }
  }
}
