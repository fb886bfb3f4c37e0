import type { Plan, Step } from '#language/plan'

/** Ids of all steps of a plan, nested ones too, in the order of the text. */
export function planTaskIds(plan: Plan): string[] {
  return planSteps(plan).map(({ id }) => id)
}

export function planSteps(plan: Plan): Step[] {
  return [plan.steps, plan.errors, plan.finally, plan.afterExecution].flatMap(steps => (steps ?? []).flatMap(withHeld))
}

function withHeld(step: Step): Step[] {
  return [step, ...childrenOf(step).flatMap(withHeld)]
}

/** Steps stand alone, in lists or in a map of cases; what a task says for its plugin is no step. */
function childrenOf(step: Step): Step[] {
  const parts = Object.entries(step).filter(([name]) => name !== 'properties' && name !== 'onResume')
  return parts.flatMap(([, part]) => stepsIn(part))
}

function stepsIn(part: unknown): Step[] {
  if (isStep(part)) return [part]
  if (typeof part !== 'object' || part === null) return []
  return Object.values(part).flatMap(stepsIn)
}

function isStep(value: unknown): value is Step {
  return typeof value === 'object' && value !== null && 'kind' in value && 'id' in value && 'line' in value
}
