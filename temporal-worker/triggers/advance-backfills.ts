import { Prisma, type Trigger as TriggerRow } from '#db/generated/client'
import { PlanLimitReached } from '#db/usage/plan-limit'
import type { JsonObject } from '#language/json'
import { toLabels } from '#language/labels'
import { type Backfill, backfillOf, firstOfBackfill } from '#language/triggers/backfill'
import type { ActivityDependencies } from '../activities/dependencies'
import type { TriggerRef } from '../contract'
import { derivedId } from '../starts/derived-id'
import type { Opened } from '../starts/open-execution'
import { catchUp } from './fire-schedule'
import { type OpenSchedule, openSchedule } from './open-schedule'
import { startTriggered } from './start-triggered'
import { hasOpenExecution, lockTrigger, whereTrigger } from './trigger-row'

/** A backfill begins ten executions a second at most: a million of short ones leave room for all else. */
const paceMs = 100
/** So many dates whose conditions don't hold are passed over in one turn. */
const maxTries = 1000

/**
 * Takes the backfills of a tenant one step further. Called at each word from the database: the end of an execution is
 * one. Resolves with the milliseconds after which one of them wants to go on without a word.
 */
export async function advanceBackfills(deps: ActivityDependencies, tenantId: string): Promise<number | undefined> {
  const refs = await deps.db(tenantId).trigger.findMany({
    where: { tenantId, kind: 'schedule', disabled: false, backfill: { not: Prisma.DbNull } },
    select: { tenantId: true, namespace: true, flowId: true, triggerId: true },
  })
  const waits: number[] = []
  for (const ref of refs) {
    const waitMs = await advanceBackfill(deps, ref).catch(error => {
      deps.report(error, { tenantId, triggerId: ref.triggerId, place: 'backfill' })
      return undefined
    })
    if (waitMs !== undefined) waits.push(waitMs)
  }
  return waits.length === 0 ? undefined : Math.min(...waits)
}

type Turn = {
  /** What the row remembers afterwards; null where the backfill has ended. */
  backfill: Backfill | null
  start?: Opened
  waitMs?: number
}

/**
 * Starts the execution of a backfill's next date, once the one before has ended. One date comes to one execution,
 * whatever dies in between: its id is derived from the backfill and the date, and the date is left behind only in the
 * transaction that knows it to be written.
 */
export async function advanceBackfill(deps: ActivityDependencies, ref: TriggerRef): Promise<number | undefined> {
  const turn = await deps.db(ref.tenantId).transact(
    async tx => {
      const row = await lockTrigger(tx, ref)
      const backfill = row === null ? undefined : backfillOf(row)
      if (row === null || row.kind !== 'schedule' || row.disabled || backfill?.paused !== false) return undefined
      const waitMs = (backfill.begunAtMs ?? 0) + paceMs - Date.now()
      if (waitMs > 0) return { backfill, waitMs }
      if (await hasOpenExecution(tx, ref)) return undefined
      const turn = await nextTurn(deps, { ref, row, backfill })
      if (turn === undefined) return undefined
      const { start } = turn
      const executed = start && {
        lastExecutionId: start.input.executionId,
        lastDate: new Date(turn.backfill!.currentDate!),
      }
      const data = { backfill: turn.backfill ?? Prisma.DbNull, ...executed }
      await tx.trigger.update({ where: whereTrigger(ref), data })
      return turn
    },
    { timeoutMs: 60_000 },
  )
  await turn?.start?.begin()
  // The schedule's own dates have waited.
  if (turn?.backfill === null) await catchUp(deps, ref)
  return turn?.waitMs
}

/** Undefined where the flow or the trigger can't be started now: the backfill waits. */
async function nextTurn(
  deps: ActivityDependencies,
  { ref, row, backfill }: { ref: TriggerRef; row: TriggerRow; backfill: Backfill },
): Promise<Turn | undefined> {
  const schedule = await openSchedule(deps, { ref, row })
  if (schedule === undefined) return undefined
  const end = new Date(backfill.end)
  let { handled, currentDate } = backfill
  let date = firstOfBackfill(schedule.dates, backfill)
  for (let tries = 0; date !== undefined && date <= end && tries < maxTries; tries++) {
    const holds = schedule.tell(date)
    if (typeof holds === 'object') {
      // It would not be better on the next date: somebody has to look.
      return { backfill: { ...backfill, handled, currentDate, paused: true, problem: holds.failure } }
    }
    handled++
    currentDate = date.toISOString()
    if (holds) {
      const start = await startDate(deps, schedule, { backfill, date }).catch(onlyRefusal)
      // It goes on from this date when somebody resumes it.
      if (start instanceof PlanLimitReached) return { backfill: { ...backfill, paused: true, problem: start.message } }
      return { backfill: { ...backfill, handled, currentDate, begunAtMs: Date.now() }, start }
    }
    date = schedule.dates.next(date)
  }
  if (date === undefined || date > end) return { backfill: null }
  return { backfill: { ...backfill, handled, currentDate }, waitMs: 0 }
}

function onlyRefusal(error: unknown): PlanLimitReached {
  if (error instanceof PlanLimitReached) return error
  throw error
}

function startDate(
  deps: ActivityDependencies,
  { ref, loaded, definition, variables }: OpenSchedule,
  { backfill, date }: { backfill: Backfill; date: Date },
): Promise<Opened> {
  const { tenantId, namespace, flowId, triggerId } = ref
  const executionId = derivedId(tenantId, namespace, flowId, triggerId, date.toISOString(), backfill.id)
  const start = { executionId, definition: withBackfill(definition, backfill), variables: variables(date) }
  return startTriggered(deps, { ref, loaded, start })
}

/** The backfill's inputs and labels go before the trigger's own; they may use `trigger.date`, too. */
function withBackfill(definition: JsonObject, { inputs, labels }: Backfill): JsonObject {
  return {
    ...definition,
    inputs: { ...(definition.inputs as JsonObject | undefined), ...inputs },
    labels: [...toLabels(definition.labels ?? {}), ...labels],
  }
}
