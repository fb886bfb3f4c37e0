import { type Client, WorkflowNotFoundError } from '@temporalio/client'
import type { ScopedDb } from '#db/tenant-db'
import { placesByPlan } from '#db/usage/find-room'
import { Concurrency } from '#language/flow'
import { type LeaveQueue, leaveQueueSignal, workflowIdOf } from '../contract'
import { refusalOf } from './find-place'

type FlowRef = { tenantId: string; namespace: string; flowId: string }

/**
 * Gives a flow's free places, as far as the tenant's plan has room, to the executions that wait longest, and tells them.
 * Safe with any number of callers.
 */
export async function admitQueued(
  { db, client }: { db: ScopedDb; client: Client },
  { tenantId, namespace, flowId }: FlowRef,
  options: { butDontTell?: string } = {},
): Promise<void> {
  const admitted = await db.$queryRaw<{ id: string }[]>`
    select admit_queued(${tenantId}::uuid, ${namespace}, ${flowId}, ${placesByPlan}::jsonb) as id`
  for (const { id } of admitted) {
    if (id !== options.butDontTell) await tellWaiting(client, { tenantId, id }, { state: 'RUNNING' })
  }
}

/** The same for each flow of a tenant that somebody waits for; the one that waits longest comes first. */
export async function admitAllQueued(world: { db: ScopedDb; client: Client }, tenantId: string): Promise<void> {
  const queues = await world.db.execution.groupBy({
    by: ['namespace', 'flowId'],
    where: { tenantId, state: 'QUEUED', waitsSince: { lte: new Date() } },
    _min: { waitsSince: true },
    orderBy: { _min: { waitsSince: 'asc' } },
  })
  for (const { namespace, flowId } of queues) await admitQueued(world, { tenantId, namespace, flowId })
}

/** Those that wait when their flow is given a limit under which nobody waits end as newcomers do. */
export async function refuseQueued(
  { db, client }: { db: ScopedDb; client: Client },
  { tenantId, namespace, flowId }: FlowRef,
): Promise<void> {
  const where = { tenantId_namespace_id: { tenantId, namespace, id: flowId } }
  const flow = await db.flow.findUnique({ where, select: { concurrency: true } })
  const concurrency = Concurrency.nullable().parse(flow?.concurrency ?? null)
  if (concurrency === null || concurrency.behavior === 'QUEUE') return
  const waiting = await db.execution.findMany({
    where: { tenantId, namespace, flowId, state: 'QUEUED', waitsForPlan: false, waitsSince: { lte: new Date() } },
    select: { id: true },
  })
  const { state, reason } = refusalOf(concurrency)
  for (const { id } of waiting) await tellWaiting(client, { tenantId, id }, { state, reason })
}

/** Where no workflow waits for it, it is just being begun, and then it looks for itself. */
async function tellWaiting(
  client: Client,
  { tenantId, id }: { tenantId: string; id: string },
  leave: LeaveQueue,
): Promise<void> {
  try {
    await client.workflow.getHandle(workflowIdOf(tenantId, id)).signal(leaveQueueSignal, leave)
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error
  }
}
