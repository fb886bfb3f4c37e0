import type { Branches, Plan, Step, StepKind } from '#language/plan'

/** Kinds of steps that wait, call others, or touch the world. */
const isOutside = {
  activity: true,
  pure: false,
  sleep: true,
  subflow: true,
  forEachItem: true,
  sequential: false,
  allowFailure: false,
  parallel: false,
  dag: false,
  if: false,
  switch: false,
  forEach: false,
  loop: false,
  loopUntil: true,
  pause: true,
  workingDirectory: true,
} satisfies Record<StepKind, boolean>

const known = new WeakMap<Plan, boolean>()

/** Whether a plan says by itself that a walk of it may come to wait for something; kept, since each start asks. */
export function needsWorkflow(plan: Plan): boolean {
  const answer = known.get(plan) ?? look(plan)
  known.set(plan, answer)
  return answer
}

function look(plan: Plan): boolean {
  return (
    plan.sla !== undefined ||
    plan.outputs.some(({ value }) => value.impure) ||
    [...branchSteps(plan), ...(plan.afterExecution ?? [])].some(stepNeedsWorkflow)
  )
}

function stepNeedsWorkflow(step: Step): boolean {
  return (
    isOutside[step.kind] || [step, ...Object.values(step)].some(isImpure) || heldSteps(step).some(stepNeedsWorkflow)
  )
}

/** A step or a value of it that needs a secret, a KV value, a file, the network. */
function isImpure(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'impure' in value && value.impure === true
}

function heldSteps(step: Step): Step[] {
  const main = 'steps' in step ? branchSteps(step) : []
  if (step.kind === 'if') return [...main, ...(step.otherwise ?? [])]
  if (step.kind === 'switch') return [...main, ...Object.values(step.cases).flat(), ...(step.defaults ?? [])]
  return main
}

function branchSteps({ steps, errors = [], finally: last = [] }: Branches): Step[] {
  return [...steps, ...errors, ...last]
}
