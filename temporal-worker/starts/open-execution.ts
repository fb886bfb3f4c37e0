/** An execution's row and its workflow, begun together so that neither is left alone. */
import type { Client } from '@temporalio/client'
import { recordStatement } from '#db/record-execution'
import type { Statement } from '#db/scoped-sql'
import type { ScopedDb, Transaction } from '#db/tenant-db'
import { findPlanRoom, hasPlanLimits, type PlanRoom } from '#db/usage/find-room'
import { PlanLimitReached } from '#db/usage/plan-limit'
import type { Concurrency } from '#language/flow'
import { type ExecuteFlowInput, type ExecuteFlowResult, executionChannel, type Refused } from '../contract'
import { type EndedChanges, endAtOnce, walkInline } from '../inline'
import { beginWorkflow } from './begin-workflow'
import { withDefaultWorkers } from './default-workers'
import { endUnstarted } from './end-unstarted'
import { findPlace, refusalOf } from './find-place'
import { insertStatement } from './insert-execution'
import { refuseByQuota } from './refuse-by-quota'

export type StartWorld = {
  db: ScopedDb
  /** Where the execution is written as part of a larger transaction; it is begun once that has ended. */
  tx?: Transaction
  client: Client
  /** For the operator: Temporal did not take an execution. */
  report(error: unknown, where: { [name: string]: string }): void
}

export type NewExecution = {
  input: ExecuteFlowInput
  /** How many of the flow's executions may run at once, as its newest revision says. */
  concurrency?: Concurrency | null
  scheduleDate?: Date
  /** It is created, but ended. */
  refused?: Refused
}

/** What was written of an execution: `begin` starts its workflow, where it has one. */
export type Opened = {
  /** False where it was there before. */
  isNew: boolean
  /** What its workflow is told: whether it waits for a place. */
  input: ExecuteFlowInput
  /** What it came to, where it has ended already. */
  ended?: ExecuteFlowResult
  /**
   * Starts the workflow. Should that fail, the sweep finds the row and starts it later; only what Temporal will never
   * take is FAILED at once.
   */
  begin(): Promise<void>
}

/**
 * Writes an execution. One that needs no workflow, or that a check, a quota or a limit refuses, is written whole, with
 * its end; any other waits for `begin`. Throws PlanLimitReached, before anything is written, where the tenant has used up
 * its month.
 */
export async function openExecution(world: StartWorld, execution: NewExecution): Promise<Opened> {
  const input = await withDefaultWorkers(world.tx ?? world.db, execution.input)
  const db = world.tx === undefined ? world.db : within(world.tx)
  // Before the transaction, in which others of the tenant may wait.
  const walked = execution.refused === undefined ? await walkNow(input, execution.scheduleDate) : undefined
  const described = { ...execution, input, walked }
  // What a running execution calls is part of it, and always let in.
  if (input.parentId !== undefined || !(await hasPlanLimits(db, input.tenantId))) {
    return write(world, db, { ...described, room: 'unlimited' })
  }
  return db.transact(async tx => {
    const inside = within(tx)
    return write(world, inside, { ...described, room: await findRoom(inside, input) })
  })
}

type Described = NewExecution & { walked: EndedChanges | undefined; room: PlanRoom }

async function write(
  world: StartWorld,
  db: Pick<ScopedDb, 'sql' | 'transact'>,
  { input, scheduleDate, concurrency, walked, room, ...execution }: Described,
): Promise<Opened> {
  const refused = execution.refused ?? (await refuseByQuota(db, input))
  const ended = refused === undefined ? walked : endAtOnce(input, refused)
  const isPlanFull = ended === undefined && mustWait(room, scheduleDate)
  if (!concurrency || refused !== undefined) {
    const placed = isPlanFull ? { ...input, isQueued: true } : input
    const statements = statementsOf(placed, { scheduleDate, ended, waitsForPlan: isPlanFull })
    const [inserted] = await db.sql(...statements)
    return opened(world, { input: placed, scheduleDate, isNew: inserted!.length > 0, ended })
  }
  return db.transact(async tx => {
    const found = await place(tx, { input, scheduleDate }, concurrency)
    const waitsForPlan = isPlanFull && found.ended === undefined
    const placed = waitsForPlan ? { input: { ...found.input, isQueued: true } } : found
    const end = placed.ended ?? (placed.input.isQueued ? undefined : ended)
    const options = { scheduleDate, ended: end, waitsForPlan }
    let isNew = true
    for (const [index, statement] of statementsOf(placed.input, options).entries()) {
      const rows = await run(tx, statement)
      if (index === 0) isNew = rows.length > 0
    }
    return opened(world, { input: placed.input, scheduleDate, isNew, ended: end })
  })
}

/** Room in the tenant's plan. What was written before is not refused when it is written again. */
async function findRoom(tx: Pick<ScopedDb, 'sql'>, { tenantId, executionId }: ExecuteFlowInput): Promise<PlanRoom> {
  try {
    return await findPlanRoom(tx, tenantId)
  } catch (error) {
    if (error instanceof PlanLimitReached && (await isWritten(tx, tenantId, executionId))) return 'unlimited'
    throw error
  }
}

async function isWritten(db: Pick<ScopedDb, 'sql'>, tenantId: string, id: string): Promise<boolean> {
  const text = 'SELECT FROM execution WHERE tenant_id = $1::uuid AND id = $2'
  const [rows] = await db.sql({ name: 'execution-is-written', text, values: [tenantId, id] })
  return rows!.length > 0
}

/** What is due later asks for room then. One that ends at once takes none. */
function mustWait(room: PlanRoom, scheduleDate: Date | undefined): boolean {
  if (room === 'unlimited') return false
  return room === 'full' || (scheduleDate !== undefined && scheduleDate > new Date())
}

async function walkNow(input: ExecuteFlowInput, scheduleDate: Date | undefined) {
  return scheduleDate === undefined ? walkInline(input) : undefined
}

/** Finds a place for an execution, among those that ask at the same time: it runs, waits, or is refused. */
async function place(
  tx: Transaction,
  { input, scheduleDate }: NewExecution,
  concurrency: Concurrency,
): Promise<{ input: ExecuteFlowInput; ended?: EndedChanges }> {
  // What is due later asks for a place then.
  if (scheduleDate !== undefined && scheduleDate > new Date()) return { input: { ...input, isQueued: true } }
  const { tenantId } = input
  const { namespace, id } = input.plan.flow
  const found = await findPlace(tx, { tenantId, namespace, flowId: id }, concurrency)
  if (found === 'free') return { input }
  if (found === 'queue') return { input: { ...input, isQueued: true } }
  return { input, ended: endAtOnce(input, refusalOf(concurrency)) }
}

/** All of an ended execution in one transaction: none is left half done. */
function statementsOf(
  input: ExecuteFlowInput,
  options: { scheduleDate: Date | undefined; ended: EndedChanges | undefined; waitsForPlan: boolean },
): [Statement, ...Statement[]] {
  const { tenantId, executionId, plan } = input
  const { ended, scheduleDate, waitsForPlan } = options
  const insert = insertStatement(input, { scheduleDate, waitsForPlan })
  if (ended === undefined) return [insert]
  const ref = { tenantId, executionId, namespace: plan.flow.namespace, flowId: plan.flow.id }
  return [insert, recordStatement(ref, ended, executionChannel)]
}

function within(tx: Transaction): Pick<ScopedDb, 'sql' | 'transact'> {
  return {
    transact: work => work(tx),
    async sql(...statements) {
      const results: unknown[][] = []
      for (const statement of statements) results.push(await run(tx, statement))
      return results
    },
  }
}

function run(tx: Transaction, { text, values }: Statement): Promise<unknown[]> {
  return tx.$queryRawUnsafe(text, ...values)
}

function opened(
  { db, client, report }: StartWorld,
  written: { input: ExecuteFlowInput; scheduleDate?: Date; isNew: boolean; ended?: EndedChanges },
): Opened {
  const { input, scheduleDate, isNew, ended } = written
  const { tenantId, executionId: id } = input
  return {
    isNew,
    input,
    ...(ended === undefined ? {} : { ended: { state: ended.execution.state, outputs: ended.execution.outputs ?? {} } }),
    async begin() {
      if (ended !== undefined) return
      const result = await beginWorkflow(client, input, {
        delayMs: scheduleDate && scheduleDate.getTime() - Date.now(),
      })
      if ('error' in result) report(result.error, { tenantId, executionId: id })
      if (result.outcome === 'refused')
        await endUnstarted(db, { tenantId, id }, { state: 'FAILED', reason: result.reason })
    },
  }
}
