import type { LeaveQueue, Refused } from '../contract'
import { executionRef, type Walk } from './walk'

/** It is told when there is a place; it asks, too, ever more seldom, should the word be lost. */
const firstPollMs = 60_000
const lastPollMs = 30 * 60_000

/** Set by the signal that ends the wait. */
export type Queue = { left?: LeaveQueue }

/** Waits until the flow has a place for this execution; answers why it ends instead, should it not run. */
export async function waitForPlace(walk: Walk, queue: Queue): Promise<Refused | undefined> {
  const isOver = () => queue.left !== undefined || walk.control.isClosed
  for (let pollMs = firstPollMs; !isOver(); pollMs = Math.min(pollMs * 2, lastPollMs)) {
    const answer = await walk.host.quick.takePlace({ execution: executionRef(walk.state) })
    if ('refused' in answer) return answer.refused
    if (answer.place === 'taken') return undefined
    await walk.host.condition(isOver, pollMs)
  }
  if (walk.control.isClosed) return { state: 'KILLED', reason: 'Killed while it waited for a place' }
  const { state, reason = 'Taken out of the queue by hand' } = queue.left ?? { state: 'RUNNING' }
  return state === 'RUNNING' ? undefined : { state, reason }
}
