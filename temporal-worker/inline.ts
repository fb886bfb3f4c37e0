import type { Plan } from '#language/plan'
import type { ExecuteFlowInput } from './contract'
import { type EndedChanges, takeAll } from './inline/ended-changes'
import { createInlineHost } from './inline/inline-host'
import { needsWorkflow } from './inline/needs-workflow'
import { createWalk, walkPlan } from './workflows/walk-plan'

export { endAtOnce } from './inline/end-at-once'
export type { EndedChanges } from './inline/ended-changes'

/** Plans that turned out to need a workflow: at their next start, too, most likely. */
const abandoned = new WeakSet<Plan>()

/**
 * Walks an execution to its end here and now if it never asks for the world or for time; the same interpreter walks
 * it as in a workflow. The answer is all that there is to record of it, for the transaction that creates it: either
 * all of the execution is there or nothing, so that nobody has to remember what comes next. Undefined where it does
 * need a workflow, or more than a moment: nothing has happened then.
 */
export async function walkInline(input: ExecuteFlowInput): Promise<EndedChanges | undefined> {
  if (input.resumeFrom !== undefined || abandoned.has(input.plan) || needsWorkflow(input.plan)) return undefined
  const { host, whenAbandoned } = createInlineHost()
  const walk = createWalk(input, host)
  walk.state.move('RUNNING')
  // What breaks the walk breaks it in the workflow, too, where that is seen.
  const whenEnded = walkPlan(walk).then(
    ({ state }) => state !== 'RETRIED',
    () => false,
  )
  if (await Promise.race([whenEnded, whenAbandoned])) return takeAll(walk.state)
  abandoned.add(input.plan)
  return undefined
}
