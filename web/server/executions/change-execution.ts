import { randomInt } from 'node:crypto'
import type { Prisma } from '#db/generated/client'
import type { Transaction } from '#db/tenant-db'
import { executionChannel } from '#worker/contract'
import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { isTerminal } from './execution'
import { noSuchExecution } from './find-execution'

/** Lines of people in the log of an execution; those of a worker have lower numbers. */
const firstLine = 2_000_000_000
const lines = 147_000_000

const columns = {
  namespace: true,
  flowId: true,
  state: true,
  histories: true,
  labels: true,
  version: true,
} satisfies Prisma.ExecutionSelect
type ChangedRow = Prisma.ExecutionGetPayload<{ select: typeof columns }>

/**
 * Changes the row of an ended execution, and says so in its log. `change` sees the row as nobody else can change it
 * meanwhile.
 */
export async function changeEnded(
  { db, tenantId }: Scope,
  id: string,
  change: (row: ChangedRow) => { data: Prisma.ExecutionUpdateInput; message: string },
): Promise<void> {
  await db.transact(async tx => {
    await lockRecord(tx, tenantId, id)
    const row = await tx.execution.findUnique({ where: { tenantId_id: { tenantId, id } }, select: columns })
    if (row === null) throw noSuchExecution(id)
    if (!isTerminal(row.state)) throw new AppError('CONFLICT', `An execution that is ${row.state} can't be changed`)
    const { data, message } = change(row)
    const version = row.version + 1
    await tx.execution.update({ where: { tenantId_id: { tenantId, id } }, data: { ...data, version } })
    await note(tx, { tenantId, id, ...row }, message)
  })
}

/**
 * Has an execution that waits to begin do so now, whatever its date and the limit of its flow; `isEarly` before its date.
 * Undefined where it has begun.
 */
export async function letBegin(
  { db, tenantId }: Scope,
  id: string,
  { message, require }: { message: string; require: (tx: Transaction) => Promise<void> },
): Promise<{ isEarly: boolean } | undefined> {
  return db.transact(async tx => {
    await require(tx)
    await lockRecord(tx, tenantId, id)
    const [row] = await tx.$queryRaw<{ namespace: string; flowId: string; isEarly: boolean }[]>`
      with waiting as (
        select coalesce(schedule_date > now(), false) as is_early from execution
        where tenant_id = ${tenantId}::uuid and id = ${id} for update)
      update execution set schedule_date = least(schedule_date, now()), state = case
        when state = 'CREATED' then state when resume_from ->> 'mode' = 'restart' then 'RESTARTED' else 'CREATED' end
      from waiting where tenant_id = ${tenantId}::uuid and id = ${id}
        and (state = 'QUEUED' or state = 'CREATED' and is_early)
      returning namespace, flow_id as "flowId", is_early as "isEarly"`
    if (row === undefined) return undefined
    const { isEarly, ...flow } = row
    await note(tx, { tenantId, id, ...flow }, message)
    return { isEarly }
  })
}

/** The recorder's own lock, so that positions of log lines grow in the order of commits. */
async function lockRecord(tx: Transaction, tenantId: string, id: string): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`${tenantId}/${id}`}, 0))::text`
}

type Noted = { tenantId: string; id: string; namespace: string; flowId: string }

/** Says what somebody did in the log of an execution, and tells those who follow it. */
async function note(tx: Transaction, { tenantId, id, namespace, flowId }: Noted, message: string): Promise<void> {
  const line = { level: 'INFO', sequence: firstLine + randomInt(lines), timestamp: new Date() }
  await tx.log.create({ data: { ...line, namespace, flowId, tenantId, executionId: id, message } })
  await tx.$executeRaw`select pg_notify(${executionChannel}, ${`${tenantId}/${id}`})`
}
