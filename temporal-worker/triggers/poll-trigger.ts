/**
 * One look at a polling trigger. What it finds and what it remembers of it are kept in one transaction with the
 * execution that it starts: a worker's death before makes the same poll happen again under the same number, one after
 * leaves nothing to find anew. What is to be done in the world (`unsettled`) is done after, again if need be.
 */
import { PlanLimitReached } from '#db/usage/plan-limit'
import type { Polled } from '#language/define-plugin'
import { formatDuration } from '#language/durations'
import type { Trigger } from '#language/flow'
import type { JsonObject } from '#language/json'
import type { ActivityDependencies } from '../activities/dependencies'
import type { TriggerRef } from '../contract'
import { type LoadedFlow, loadFlow } from '../starts/load-flow'
import type { NewExecution } from '../starts/open-execution'
import { type AskedStart, triggeredExecution } from '../starts/triggered-execution'
import { createConditionRender } from './condition-render'
import { conditionsHold } from './conditions-hold'
import { findTrigger } from './find-trigger'
import { assertNotTooLarge, packVariables } from './pack-variables'
import { type OpenPoll, openPoll } from './poll-context'
import { keepPoll, notePollError, notePollSettled, type Turn, takeTurn } from './poll-row'
import { describeTriggered } from './start-triggered'

/** A poll that takes longer is cut off. */
const longestPollMs = 30 * 60_000

type Poll = {
  ref: TriggerRef
  turn: Turn
  loaded: LoadedFlow
  definition: Trigger
  opened: OpenPoll
  /** The worker shuts down. */
  stopped: AbortSignal
  /** The poll has taken too long. */
  late: AbortSignal
}

/** Asks a trigger whether there is something new, and starts its flow with that. `stopped`: the worker shuts down. */
export async function pollTrigger(deps: ActivityDependencies, ref: TriggerRef, stopped: AbortSignal): Promise<void> {
  const turn = await takeTurn(deps, ref)
  const loaded = turn && (await loadFlow(deps, ref))
  if (turn === undefined || loaded === undefined || 'failure' in loaded) return
  const found = findTrigger(deps, { ref, type: turn.type, loaded })
  if (found === undefined) return
  const late = AbortSignal.timeout(longestPollMs)
  const signal = AbortSignal.any([stopped, late])
  const { executionId, state } = turn
  const opened = openPoll(deps, { ref, loaded, ...found, memory: state.memory, executionId, signal })
  try {
    await look(deps, { ref, turn, loaded, definition: found.definition, opened, stopped, late })
  } finally {
    await opened.close()
  }
}

async function look(deps: ActivityDependencies, poll: Poll): Promise<void> {
  const { ref, turn, opened } = poll
  const looked = await attempt(poll, async () => {
    if (turn.state.unsettled !== undefined) await settle(deps, poll, turn.state.unsettled)
    return isLocked(poll) ? undefined : findNew(deps, poll)
  })
  if ('failure' in looked) return fail(deps, poll, looked.failure)
  const polled = looked.result
  if (polled === undefined) return
  const execution = polled.variables && (await describe(deps, poll, polled.variables))
  const kept = await keep(deps, poll, { ...polled, execution, error: null })
  if (kept === undefined) return
  if (execution === undefined) return opened.forgetFiles()
  await opened.keepLog().catch(error => deps.report(error, { ...ref }))
  try {
    if (polled.unsettled === undefined) return
    const settled = await attempt(poll, () => settle(deps, { ...poll, turn: kept.turn }, polled.unsettled!))
    if ('failure' in settled) await notePollError(deps, ref, kept.turn, settled.failure)
  } finally {
    await kept.execution?.begin()
  }
}

/** What the plan has no room for is not kept: it is found again, and its execution started once there is. */
async function keep(
  deps: ActivityDependencies,
  { ref, turn, opened }: Poll,
  found: Parameters<typeof keepPoll>[3],
): ReturnType<typeof keepPoll> {
  try {
    return await keepPoll(deps, ref, turn, found)
  } catch (error) {
    if (!(error instanceof PlanLimitReached)) throw error
    await notePollError(deps, ref, turn, error.message)
    await opened.forgetFiles()
    return undefined
  }
}

/** A trigger waits for its own execution, unless it may start several at once. */
function isLocked({ turn, definition }: Poll): boolean {
  return turn.hasOpenExecution && definition.allowConcurrent !== true
}

/** What there is to start with; nothing is kept of what the conditions refuse, so that it is found again. */
async function findNew(deps: ActivityDependencies, poll: Poll): Promise<Polled | undefined> {
  const { definition, opened } = poll
  const date = new Date()
  const isEarly = !asksForResult(definition)
  if (isEarly && !holds(deps, poll, date, {})) return undefined
  const polled = await opened.poll()
  if (polled.variables === undefined) return polled
  const variables = opened.masker.json(polled.variables)
  assertNotTooLarge(deps, variables)
  return isEarly || holds(deps, poll, date, variables) ? { ...polled, variables } : {}
}

/** Conditions that look at what was found can only be asked afterwards; any other spares the poll, as in Kestra. */
function asksForResult({ conditions = [], when = '' }: JsonObject): boolean {
  return /\btrigger\b(?!\.date\b)/.test(JSON.stringify([conditions, when]).replace(/"type":"[^"]*"/g, ''))
}

function holds(deps: ActivityDependencies, poll: Poll, date: Date, variables: JsonObject): boolean {
  const render = createConditionRender(deps, { ...poll, variables: { date: date.toISOString(), ...variables } })
  return conditionsHold(deps.catalog, poll.definition, { date, render })
}

async function settle(deps: ActivityDependencies, { ref, turn, opened }: Poll, unsettled: JsonObject): Promise<void> {
  await opened.settle(unsettled)
  await notePollSettled(deps, ref, turn)
}

/** Runs what is the plugin's; its failure as the user reads it. A worker that shuts down leaves the poll to another. */
async function attempt<T>(
  { opened, stopped, late }: Poll,
  work: () => Promise<T>,
): Promise<{ result: T } | { failure: string }> {
  try {
    return { result: await work() }
  } catch (error) {
    if (stopped.aborted) throw error
    const isLate = late.aborted && `The poll took longer than ${formatDuration(longestPollMs)}`
    return { failure: isLate || opened.explain(error) }
  }
}

/** A failure is shown at the trigger, and as an execution where the flow asks for that. */
async function fail(deps: ActivityDependencies, poll: Poll, failure: string): Promise<void> {
  const { ref, turn, definition } = poll
  if (definition.failOnTriggerError !== true) return notePollError(deps, ref, turn, failure)
  const execution = triggeredExecution(asked(poll, {}), { failure })
  const kept = await keep(deps, poll, { execution, error: failure })
  await kept?.execution?.begin()
}

async function describe(deps: ActivityDependencies, poll: Poll, variables: JsonObject): Promise<NewExecution> {
  const kept = await packVariables(deps, { ...poll.ref, executionId: poll.turn.executionId }, variables)
  return describeTriggered(deps, asked(poll, variables), kept)
}

function asked({ ref, loaded, turn, definition }: Poll, variables: JsonObject): AskedStart {
  return { ref, loaded, start: { executionId: turn.executionId, definition, variables } }
}
