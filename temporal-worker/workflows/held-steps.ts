import type { Step } from '#language/plan'

const idsOfSteps = new WeakMap<Step, string[]>()

/** Names of all tasks that a step holds in its main branch, at any depth; kept, since each expression asks. */
export function idsBelow(step: Step): string[] {
  const known = idsOfSteps.get(step)
  if (known !== undefined) return known
  const ids = 'steps' in step ? step.steps.flatMap(idsOf) : []
  idsOfSteps.set(step, ids)
  return ids
}

function idsOf(step: Step): string[] {
  return [step.id, ...heldSteps(step).flatMap(idsOf)]
}

/** The steps that a step holds, in all of its branches. */
export function heldSteps(step: Step): Step[] {
  const main = 'steps' in step ? [...step.steps, ...(step.errors ?? []), ...(step.finally ?? [])] : []
  if (step.kind === 'if') return [...main, ...(step.otherwise ?? [])]
  if (step.kind === 'switch') return [...main, ...Object.values(step.cases).flat(), ...(step.defaults ?? [])]
  if (step.kind === 'pause') return [...main, ...(step.onPause === undefined ? [] : [step.onPause])]
  return main
}
