import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow'
import type { Activities } from '../activities'
import { type TriggerRef, taskQueue } from '../contract'

const retry = { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '30s' } as const

const { lookAtTrigger: look } = proxyActivities<Activities>({
  taskQueue,
  // Longer than any poll may take.
  startToCloseTimeout: '1h',
  heartbeatTimeout: '20s',
  retry,
})

const { lookAtTrigger: lookAtOnce } = proxyLocalActivities<Activities>({ startToCloseTimeout: '10m', retry })

/**
 * What Temporal's schedules start: one look at a trigger. That at a schedule is short and there are many at the same
 * minute: it is part of the workflow's task, and takes no slot from the tasks of flows.
 */
export async function lookAtTrigger(ref: TriggerRef, starts?: string): Promise<void> {
  await (starts === 'schedule' ? lookAtOnce(ref) : look(ref))
}
