import type { Trigger as TriggerRow } from '#db/generated/client'
import type { Transaction } from '#db/tenant-db'
import type { Polled } from '#language/define-plugin'
import type { Json, JsonObject } from '#language/json'
import type { ActivityDependencies } from '../activities/dependencies'
import type { TriggerRef } from '../contract'
import { derivedId } from '../starts/derived-id'
import { type NewExecution, type Opened, openExecution } from '../starts/open-execution'
import { nextPoll, pollDates } from './poll-dates'
import { type PollState, readPollState } from './poll-state'
import { hasOpenExecution, lockTrigger, whereTrigger } from './trigger-row'

/**
 * The right to keep one poll. No lock is held meanwhile: of two that poll under the same number, because one was taken
 * for dead, only the first is kept.
 */
export type Turn = {
  type: string
  state: PollState
  /** Of the execution that this poll may start. */
  executionId: string
  hasOpenExecution: boolean
}

/** Undefined where the trigger is not to be polled. */
export async function takeTurn(deps: ActivityDependencies, ref: TriggerRef): Promise<Turn | undefined> {
  return deps.db(ref.tenantId).transact(async tx => {
    const row = await lockTrigger(tx, ref)
    if (row === null || row.kind !== 'polling' || row.disabled) return undefined
    const state = readPollState(row.state as Json)
    // A poll that is cut off must find its number again.
    const dates = pollDates(deps, row)
    await write(tx, ref, { state, nextDate: dates === undefined ? null : nextPoll(dates, new Date()) })
    return turnOf(ref, row, state, await hasOpenExecution(tx, ref))
  })
}

function turnOf(ref: TriggerRef, { type }: TriggerRow, state: PollState, isOpen: boolean): Turn {
  return { type, state, executionId: pollExecutionId(ref, state), hasOpenExecution: isOpen }
}

/** Of the execution that a poll may start, by its number. */
export function pollExecutionId({ tenantId, namespace, flowId, triggerId }: TriggerRef, state: PollState): string {
  return derivedId(tenantId, namespace, flowId, triggerId, `poll ${state.sequence}`)
}

type Keep = Pick<Polled, 'memory' | 'unsettled'> & { execution?: NewExecution | undefined; error: string | null }

/** Keeps what a poll came to and the execution that it starts, all or nothing; undefined where another poll was first. */
export async function keepPoll(
  deps: ActivityDependencies,
  ref: TriggerRef,
  turn: Turn,
  { memory, unsettled, execution, error }: Keep,
): Promise<{ turn: Turn; execution?: Opened } | undefined> {
  const db = deps.db(ref.tenantId)
  return db.transact(
    async tx => {
      const current = await lockTurn(tx, ref, turn)
      if (current === undefined) return undefined
      const state: PollState = {
        ...current.state,
        sequence: turn.state.sequence + 1,
        ...(memory === undefined ? {} : { memory }),
        ...(unsettled === undefined ? {} : { unsettled }),
      }
      const now = new Date()
      const started = execution && { lastDate: now, lastExecutionId: execution.input.executionId }
      const world = { db, tx, client: deps.client, report: deps.report }
      const opened = execution && (await openExecution(world, execution))
      await write(tx, ref, { state, evaluatedAt: now, error, ...started })
      return { turn: turnOf(ref, current.row, state, opened !== undefined), ...(opened && { execution: opened }) }
    },
    { timeoutMs: 60_000 },
  )
}

/** Shows at the trigger why a look came to nothing. */
export async function notePollError(
  deps: ActivityDependencies,
  ref: TriggerRef,
  turn: Turn,
  error: string,
): Promise<void> {
  await deps.db(ref.tenantId).transact(async tx => {
    if ((await lockTurn(tx, ref, turn)) !== undefined) await write(tx, ref, { evaluatedAt: new Date(), error })
  })
}

/** Notes that nothing is left to be done in the world. */
export async function notePollSettled(deps: ActivityDependencies, ref: TriggerRef, turn: Turn): Promise<void> {
  await deps.db(ref.tenantId).transact(async tx => {
    const current = await lockTurn(tx, ref, turn)
    if (current === undefined) return
    const { unsettled: _, ...state } = current.state
    await write(tx, ref, { state })
  })
}

/** The row, locked, where the turn still counts: the trigger is there, of that type, enabled, and nobody went on. */
async function lockTurn(
  tx: Transaction,
  ref: TriggerRef,
  turn: Turn,
): Promise<{ row: TriggerRow; state: PollState } | undefined> {
  const row = await lockTrigger(tx, ref)
  if (row === null || row.kind !== 'polling' || row.disabled || row.type !== turn.type) return undefined
  const state = readPollState(row.state as Json)
  return state.sequence === turn.state.sequence ? { row, state } : undefined
}

type Columns = Partial<Pick<TriggerRow, 'nextDate' | 'evaluatedAt' | 'error' | 'lastDate' | 'lastExecutionId'>> & {
  state?: PollState
}

async function write(tx: Transaction, ref: TriggerRef, { state, ...columns }: Columns): Promise<void> {
  const data = { ...columns, ...(state === undefined ? {} : { state: state as JsonObject }) }
  await tx.trigger.update({ where: whereTrigger(ref), data: data as never })
}
