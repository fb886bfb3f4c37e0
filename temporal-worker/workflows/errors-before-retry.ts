import type { Retry } from '#language/plan'
import { Abandoned } from './control'
import { type Task, wait } from './task'
import type { TaskRun } from './task-run'
import type { Walk } from './walk'

/**
 * A task that is tried again by the policy of a holder has, for Kestra, failed without a policy of its own: the first of
 * its holder's `errors` runs while the task waits, and is taken out of the execution when it is tried again (what it did
 * stays). Answers what is to be done after the wait.
 */
export function startErrors(walk: Walk, retry: Retry, run: TaskRun): () => Task<void> {
  const { parent } = run
  const first = parent !== undefined && 'errors' in parent.step ? parent.step.errors?.[0] : undefined
  if (retry.inherited !== true || first === undefined) return nothing
  const begun = () => walk.state.childrenOf(parent).filter(({ step }) => step === first)
  const ended = begun().length > 0 ? Promise.resolve() : start(walk, () => walk.runStep(first, { parent }))
  return function* () {
    yield* wait(ended)
    for (const child of begun()) walk.state.removeRun(child)
  }
}

function start(walk: Walk, begin: () => Task<unknown>): Promise<void> {
  return new Promise((resolve, reject) => {
    walk.scheduler.start(
      begin(),
      () => resolve(),
      error => (error instanceof Abandoned ? resolve() : reject(error)),
    )
  })
}

function* nothing(): Task<void> {}
