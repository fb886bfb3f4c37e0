/** What a flow promises of each of its executions (`sla`), and what follows where one breaks it. */
import { formatDuration } from '#language/durations'
import { isTruthy } from '#language/expressions/index'
import type { PlanSla } from '#language/plan'
import { failureMessage, isCancellation } from './failure-message'
import type { Scope } from './host'
import { renderForExecution } from './render'
import type { Task } from './task'
import { isTerminal, type Place } from './task-run'
import { recordBeside, type Walk } from './walk'

type SlaOf<Type extends PlanSla['type']> = Extract<PlanSla, { type: Type }>

/**
 * Waits for the deadlines of an execution, counted from its creation whatever was restarted since. Whoever ends the
 * execution cancels what comes back.
 */
export function watchDurations(walk: Walk): Scope {
  const scope = walk.host.newScope()
  for (const sla of slasOf(walk, 'MAX_DURATION'))
    void scope.run(() => watchDuration(walk, sla)).catch(ignoreCancellation)
  return scope
}

async function watchDuration(walk: Walk, sla: SlaOf<'MAX_DURATION'>): Promise<void> {
  const { createdAtMs } = walk.state.input
  const leftMs = createdAtMs + sla.durationMs - Date.now()
  if (leftMs > 0) await walk.host.sleep(leftMs)
  const took = formatDuration(Date.now() - createdAtMs)
  report(walk, sla, `execution duration of ${took} exceed the maximum duration of ${formatDuration(sla.durationMs)}.`)
}

function ignoreCancellation(error: unknown): void {
  if (!isCancellation(error)) throw error
}

/** Has the assertions of a flow looked at before its first step and after each one. */
export function watchAssertions(walk: Walk): void {
  const slas = slasOf(walk, 'EXECUTION_ASSERTION')
  if (slas.length === 0) return
  const { runStep } = walk
  const told = new Set<string>()
  let hasBegun = false
  walk.runStep = function* (step, place: Place) {
    if (!hasBegun) {
      hasBegun = true
      yield* checkAssertions(walk, slas, told)
    }
    const state = yield* runStep(step, place)
    yield* checkAssertions(walk, slas, told)
    return state
  }
}

/** All breaches are told, once each; only the first one acts. */
function* checkAssertions(walk: Walk, slas: SlaOf<'EXECUTION_ASSERTION'>[], told: Set<string>): Task<void> {
  const broken: SlaOf<'EXECUTION_ASSERTION'>[] = []
  for (const sla of slas) if (!(yield* holds(walk, sla, told))) broken.push(sla)
  if (isTerminal(walk.state.current)) return
  for (const [index, sla] of broken.entries()) {
    const reason = reasonOf(sla)
    if (!told.has(reason)) warn(walk, sla, reason)
    told.add(reason)
    if (index === 0) act(walk, sla, reason)
  }
}

/** What can't be evaluated counts as kept. */
function* holds(walk: Walk, sla: SlaOf<'EXECUTION_ASSERTION'>, told: Set<string>): Task<boolean> {
  try {
    return isTruthy(yield* renderForExecution(walk, sla.assert))
  } catch (error) {
    if (isCancellation(error)) throw error
    const message = `Ignoring SLA '${sla.id}' because of the error: ${failureMessage(error)}`
    if (!told.has(message)) walk.state.log(undefined, 'ERROR', message)
    told.add(message)
    return true
  }
}

function reasonOf(sla: SlaOf<'EXECUTION_ASSERTION'>): string {
  return `assertion is false: ${String(sla.assert.raw)}.`
}

function report(walk: Walk, sla: PlanSla, reason: string): void {
  if (isTerminal(walk.state.current)) return
  warn(walk, sla, reason)
  act(walk, sla, reason)
  recordBeside(walk)
}

function warn(walk: Walk, sla: PlanSla, reason: string): void {
  walk.state.log(undefined, 'WARN', `SLA '${sla.id}' violated: ${reason}`)
}

function act(walk: Walk, sla: PlanSla, reason: string): void {
  giveLabels(walk, sla)
  const state = endStates[sla.behavior]
  if (state === undefined) return
  if (state === 'FAILED') {
    walk.state.log(undefined, 'ERROR', `Execution failed due to SLA '${sla.id}' violated: ${reason}`)
  }
  walk.control.end({ state, interrupts: true })
}

const endStates = { FAIL: 'FAILED', CANCEL: 'CANCELLED', NONE: undefined } as const satisfies Record<
  PlanSla['behavior'],
  string | undefined
>

function giveLabels(walk: Walk, { labels }: PlanSla): void {
  const { labels: own } = walk.state
  const isGiven = labels.every(({ key, value }) => own.some(label => label.key === key && label.value === value))
  if (isGiven) return
  const byKey = new Map([...own, ...labels].map(({ key, value }) => [key, value]))
  walk.state.labels = [...byKey].map(([key, value]) => ({ key, value }))
  walk.state.touch()
}

function slasOf<Type extends PlanSla['type']>(walk: Walk, type: Type): SlaOf<Type>[] {
  return (walk.state.input.plan.sla ?? []).filter((sla): sla is SlaOf<Type> => sla.type === type)
}
