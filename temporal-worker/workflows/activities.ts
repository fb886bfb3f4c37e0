import { ActivityCancellationType, proxyActivities, proxyLocalActivities } from '@temporalio/workflow'
import type { Activities } from '../activities'
import { taskQueue } from '../contract'

/**
 * What fails for the user comes back as a result. What fails for us (a lost worker, a database away) is tried again
 * for as long as it takes.
 */
const retry = { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '30s' } as const

/** A worker that is silent for so long is lost: its task runs again elsewhere. */
const heartbeatTimeout = '20s'

/** Done by the worker that walks the flow, without a turn through the server. */
export const { recordExecution, findWorkers } = proxyLocalActivities<Activities>({
  startToCloseTimeout: '30s',
  retry,
})

/** Quick reads and writes of our own stores. */
export const quick = proxyActivities<Activities>({
  taskQueue,
  startToCloseTimeout: '5m',
  heartbeatTimeout,
  retry,
})

/** Tasks of users: as long as they take, stopped by kill; on the workers of a queue, by default our own. */
export function longActivities(tenantId: string, queue = taskQueue) {
  return proxyActivities<Activities>({
    taskQueue: queue,
    // Real limits are the task's own timeout and the heartbeat.
    startToCloseTimeout: '3650d',
    heartbeatTimeout,
    retry,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    priority: { fairnessKey: tenantId },
  })
}
