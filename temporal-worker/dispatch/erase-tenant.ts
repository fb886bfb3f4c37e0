/**
 * Takes away a tenant that is marked for deletion. Each step looks for what is still there, so that it may be cut off
 * anywhere, or done by two workers at once, and goes on with the next look. What ends it is a look that finds nothing, once
 * whoever was at work when the tenant was closed has stopped: until then something may still be written.
 */
import { type Client, ScheduleNotFoundError, WorkflowNotFoundError } from '@temporalio/client'
import { terminalStates } from '#language/states'
import type { ActivityDependencies } from '../activities/dependencies'
import { workflowIdOf } from '../contract'
import { scheduleIdOf, schedulePrefixOf } from '../triggers/sync-trigger'

/** Longer than any request or activity goes on after its tenant was closed. */
const graceMs = 60_000
const rowsAtOnce = 1000

/** What one look took away. */
export type Erased = { schedules: number; workflows: number; clusterNamespaces: number; rows: number; files: number }

type Options = { graceMs?: number }
type Deps = Pick<ActivityDependencies, 'db' | 'client' | 'storage' | 'report'> & {
  commandSessions: Pick<ActivityDependencies['commandSessions'], 'forgetTenant'>
}

/** Null where the tenant is not to be deleted, or where nothing is left of it. */
export async function eraseTenant(
  deps: Deps,
  tenantId: string,
  { graceMs: grace = graceMs }: Options = {},
): Promise<Erased | null> {
  const db = deps.db(tenantId)
  const tenant = await db.tenant.findUnique({ where: { id: tenantId } })
  if (tenant === null || tenant.deletionRequestedAt === null || tenant.deletedAt !== null) return null
  // What starts work goes before the work, and the work before its records.
  const erased: Erased = {
    schedules: await deleteSchedules(deps, tenantId),
    workflows: await terminateWorkflows(deps, tenantId),
    clusterNamespaces: await forgetTenant(deps, tenantId, tenant.clusterUsedAt),
    rows: await eraseRows(deps, tenantId),
    files: await deps.storage.deletePrefix(tenantId, ''),
  }
  const isGone = Object.values(erased).every(count => count === 0)
  if (isGone && Date.now() - tenant.deletionRequestedAt.getTime() >= grace) {
    await db.tenant.updateMany({ where: { id: tenantId, deletedAt: null }, data: { deletedAt: new Date() } })
  }
  return erased
}

/** Those of rows, then any whose row was removed before it came about. */
async function deleteSchedules({ db, client }: Deps, tenantId: string): Promise<number> {
  let count = 0
  const rows = await db(tenantId).trigger.findMany({
    where: { tenantId },
    select: { tenantId: true, namespace: true, flowId: true, triggerId: true },
  })
  for (const row of rows) count += await deleteSchedule(client, scheduleIdOf(row))
  for await (const { scheduleId } of client.schedule.list({ pageSize: 1000 })) {
    if (scheduleId.startsWith(schedulePrefixOf(tenantId))) count += await deleteSchedule(client, scheduleId)
  }
  return count
}

async function deleteSchedule(client: Client, id: string): Promise<number> {
  try {
    await client.schedule.getHandle(id).delete()
    return 1
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return 0
    throw error
  }
}

/** Those of rows, then those that Temporal alone knows of: its list is a little behind. */
async function terminateWorkflows({ db, client }: Deps, tenantId: string): Promise<number> {
  let count = 0
  const rows = await db(tenantId).execution.findMany({
    where: { tenantId, state: { notIn: [...terminalStates] } },
    select: { id: true },
  })
  for (const { id } of rows) count += await terminate(client, workflowIdOf(tenantId, id))
  const isOurs = [workflowIdOf(tenantId, ''), schedulePrefixOf(tenantId)].map(
    prefix => `WorkflowId STARTS_WITH "${prefix}"`,
  )
  const query = `ExecutionStatus = "Running" AND (${isOurs.join(' OR ')})`
  for await (const { workflowId } of client.workflow.list({ query })) count += await terminate(client, workflowId)
  return count
}

async function terminate(client: Client, workflowId: string): Promise<number> {
  try {
    await client.workflow.getHandle(workflowId).terminate('The tenant was deleted')
    return 1
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 0
    throw error
  }
}

/**
 * A cluster that does not answer keeps nothing else; it counts as having something until it says otherwise. So does one that
 * this worker does not reach, where the tenant used it: a worker that does finishes the erasure.
 */
async function forgetTenant(
  { commandSessions, db, report }: Deps,
  tenantId: string,
  clusterUsedAt: Date | null,
): Promise<number> {
  try {
    const { found, hasLooked } = await commandSessions.forgetTenant(tenantId)
    if (!hasLooked) return clusterUsedAt === null ? 0 : 1
    if (found === 0 && clusterUsedAt !== null) {
      await db(tenantId).tenant.updateMany({ where: { id: tenantId, clusterUsedAt }, data: { clusterUsedAt: null } })
    }
    return found
  } catch (error) {
    report(error, { tenantId, place: 'erase-tenant' })
    return 1
  }
}

async function eraseRows({ db }: Deps, tenantId: string): Promise<number> {
  let total = 0
  for (;;) {
    const count = await db(tenantId).transact(
      async tx => {
        const [row] = await tx.$queryRaw<{ count: number }[]>`SELECT erase_tenant_rows(${rowsAtOnce})::int AS count`
        return row?.count ?? 0
      },
      { timeoutMs: 120_000 },
    )
    if (count === 0) return total
    total += count
  }
}
