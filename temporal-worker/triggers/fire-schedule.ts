import type { Trigger as TriggerRow } from '#db/generated/client'
import type { Transaction } from '#db/tenant-db'
import { PlanLimitReached } from '#db/usage/plan-limit'
import { durationMs } from '#language/durations'
import type { JsonObject } from '#language/json'
import { backfillOf } from '#language/triggers/backfill'
import {
  evaluateSchedule,
  isWatched,
  type SchedulePolicy,
  type ScheduleVerdict,
} from '#language/triggers/evaluate-schedule'
import type { ActivityDependencies } from '../activities/dependencies'
import type { TriggerRef } from '../contract'
import { derivedId } from '../starts/derived-id'
import type { Opened } from '../starts/open-execution'
import { type OpenSchedule, openSchedule } from './open-schedule'
import { startTriggered } from './start-triggered'
import { hasOpenExecution, lockTrigger, whereTrigger } from './trigger-row'
import { createTurns } from './turns'

/** What is late by so much waits, most likely, for its execution: that is asked first. */
const waitedMs = 2000

/** Each fire holds a connection, and may ask for a second one to render inputs; both are of a pool of ten. */
const inTurn = createTurns(4)

/**
 * Starts an execution for each date of a schedule that is due, and remembers the next one. One date comes to one
 * execution, whoever asks, however often, and whatever dies in between: its id is derived from the date, and it is
 * written in the transaction that leaves the date behind. Resolves with whether to ask again at once: more is due, and
 * this time it got further.
 */
export async function fireSchedule(deps: ActivityDependencies, ref: TriggerRef, now = new Date()): Promise<boolean> {
  const db = deps.db(ref.tenantId)
  const row = await db.trigger.findUnique({ where: whereTrigger(ref) })
  if (!isDue(row, now)) return false
  const mayWait = now.getTime() - row.nextDate.getTime() > waitedMs && isWatched(row.evaluatedAt, now)
  if (mayWait && (await waitsForExecution(db, { ref, row }))) {
    // Nothing was missed and nothing may start: its flow need not be read.
    await db.trigger.updateMany({ where: { ...ref, nextDate: row.nextDate }, data: { evaluatedAt: now } })
    return false
  }
  return inTurn(() => fireDue(deps, { ref, row, now }))
}

type DueRow = TriggerRow & { nextDate: Date }
type Due = { ref: TriggerRef; row: DueRow; now: Date }

function isDue(row: TriggerRow | null, now: Date): row is DueRow {
  if (row === null || row.kind !== 'schedule' || row.disabled) return false
  // As in Kestra, the schedule's own dates wait while a backfill runs, not while it is paused. They count as missed:
  // afterwards it goes on from where it was, as `recoverMissedSchedules` says.
  return row.nextDate !== null && row.nextDate <= now && backfillOf(row)?.paused !== false
}

async function fireDue(deps: ActivityDependencies, due: Due): Promise<boolean> {
  const { ref, row, now } = due
  const schedule = await openSchedule(deps, due)
  if (schedule === undefined) return false
  const opened: Opened[] = []
  const goesOn = await deps.db(ref.tenantId).transact(
    async tx => {
      const locked = await lockTrigger(tx, ref)
      if (!isDue(locked, now)) return false
      // Somebody was faster: it is looked at as it is now.
      if (hasChanged(locked, row)) return true
      const failures = new Map<Date, { failure: string }>()
      const verdict = evaluate(schedule, { due, failures, isLocked: await waitsForExecution(tx, due) })
      const refusal = await startDates({ ...deps, tx }, schedule, { dates: verdict.fire, failures, opened })
      const last = opened.at(-1)
      await tx.trigger.update({
        where: whereTrigger(ref),
        data: {
          nextDate: nextDateOf(schedule, verdict.nextDate, now),
          evaluatedAt: now,
          // What was due before an edit is left behind.
          ...(verdict.isBehind ? {} : { state: {} }),
          error: refusal ?? failures.get(verdict.fire.at(-1)!)?.failure ?? null,
          ...(last === undefined
            ? {}
            : { lastDate: verdict.fire[opened.length - 1]!, lastExecutionId: last.input.executionId }),
        },
      })
      return verdict.isBehind && verdict.nextDate!.getTime() !== row.nextDate.getTime()
    },
    { timeoutMs: 60_000 },
  )
  for (const execution of opened) await execution.begin()
  return goesOn
}

/** Starts the dates one after the other; why the plan refuses the rest, if it does: those are left out. */
async function startDates(
  deps: ActivityDependencies & { tx: Transaction },
  schedule: OpenSchedule,
  { dates, failures, opened }: { dates: Date[]; failures: Map<Date, { failure: string }>; opened: Opened[] },
): Promise<string | undefined> {
  try {
    for (const date of dates) opened.push(await startDate(deps, schedule, { date, failed: failures.get(date) }))
    return undefined
  } catch (error) {
    if (error instanceof PlanLimitReached) return error.message
    throw error
  }
}

function hasChanged(one: DueRow, other: DueRow): boolean {
  const isSame = (name: 'nextDate' | 'updatedAt') => one[name].getTime() === other[name].getTime()
  return !isSame('nextDate') || !isSame('updatedAt')
}

type Policy = Omit<SchedulePolicy, 'isLocked' | 'holds'>

/** Starts all that a schedule may start now; what waits for its running execution comes when that has ended. */
export async function catchUp(deps: ActivityDependencies, ref: TriggerRef): Promise<void> {
  while (await fireSchedule(deps, ref));
}

function evaluate(
  schedule: OpenSchedule,
  { due, failures, isLocked }: { due: Due; failures: Map<Date, { failure: string }>; isLocked: boolean },
): ScheduleVerdict {
  const holds = (date: Date) => {
    const told = schedule.tell(date)
    if (typeof told === 'object') failures.set(date, told)
    return told !== false
  }
  return evaluateSchedule(
    schedule.dueDates,
    { nextDate: due.row.nextDate, evaluatedAt: due.row.evaluatedAt },
    { ...policyOf(schedule.definition), isLocked, holds },
    due.now,
  )
}

/** A date whose conditions can't be told makes an execution that is FAILED and says why, as in Kestra. */
function startDate(
  deps: ActivityDependencies & { tx: Transaction },
  { ref, loaded, definition, variables }: OpenSchedule,
  { date, failed }: { date: Date; failed: { failure: string } | undefined },
): Promise<Opened> {
  const executionId = derivedId(ref.tenantId, ref.namespace, ref.flowId, ref.triggerId, date.toISOString())
  const start = { executionId, definition, variables: variables(date) }
  return startTriggered(deps, { ref, loaded, start }, failed)
}

/** Without `allowConcurrent` a schedule waits for the execution that it started. */
async function waitsForExecution(
  db: Pick<Transaction, '$queryRaw'>,
  { ref, row }: { ref: TriggerRef; row: TriggerRow },
): Promise<boolean> {
  const { allowConcurrent } = row.definition as JsonObject
  return allowConcurrent !== true && hasOpenExecution(db, ref)
}

function policyOf({ allowConcurrent, recoverMissedSchedules, lateMaximumDelay }: JsonObject): Policy {
  return {
    recoverMissedSchedules:
      recoverMissedSchedules === 'LAST' || recoverMissedSchedules === 'NONE' ? recoverMissedSchedules : 'ALL',
    ...(typeof lateMaximumDelay === 'string' ? { lateMaximumDelayMs: durationMs(lateMaximumDelay) } : {}),
    allowConcurrent: allowConcurrent === true,
  }
}

/** A date that is due already is looked at when its turn comes; of those to come, the first that the conditions let through. */
function nextDateOf(schedule: OpenSchedule, date: Date | undefined, now: Date): Date | null {
  if (date === undefined) return null
  return date <= now ? date : (schedule.firstHeld(date) ?? null)
}
