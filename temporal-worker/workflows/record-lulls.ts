import { record, type Walk } from './walk'

/**
 * Records what is known so far whenever every branch waits for what may take long, so that pages and the API don't show
 * an end only when something else has ended, too. Answers what stops it.
 */
export function recordLulls(walk: Walk): () => void {
  const { state, scheduler, control, boundary, host } = walk
  let isOver = state.input.plan.recordsLulls !== true || host.recordsLulls !== true
  const isLull = () => state.changes.size > 0 && scheduler.isLull && !control.isClosed && !boundary.isClosed
  const watch = async () => {
    while (!isOver) {
      await host.condition(() => isOver || isLull())
      if (!isOver) await record(walk)
    }
  }
  void watch()
  return () => {
    isOver = true
  }
}
