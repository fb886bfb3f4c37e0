import type { ExecutionEvent } from '#db/generated/client'
import type { Transaction } from '#db/tenant-db'
import type { ActivityDependencies } from '../activities/dependencies'
import { admitAllQueued, admitQueued, refuseQueued } from '../starts/admit-queued'
import { afterTriggeredEnd } from '../triggers/after-triggered-end'
import { followExecution } from '../triggers/follow-execution'
import { isTerminal } from '../workflows/task-run'

/** The limit of a flow was edited (prisma/migrations/0034_queue). */
const limitChanged = 'LIMIT_CHANGED'

/** An execution has ended, and others wait for room in the plan (prisma/migrations/0071_plan_places). */
const planRoom = 'PLAN_ROOM'

/** What is still to be done once an event is gone; what a crash leaves undone, the sweep does. */
export type FollowUp = () => Promise<void>

/** Handles the events of a tenant, oldest first, each in one transaction with what it comes to. */
export async function handleEvents(deps: ActivityDependencies, tenantId: string): Promise<void> {
  const db = deps.db(tenantId)
  for (;;) {
    const followUps = await db.transact(tx => handleNext(deps, tx, tenantId), { timeoutMs: 60_000 })
    if (followUps === undefined) return
    for (const followUp of followUps) await followUp()
  }
}

async function handleNext(
  deps: ActivityDependencies,
  tx: Transaction,
  tenantId: string,
): Promise<FollowUp[] | undefined> {
  const event = await takeEvent(tx, tenantId)
  return event && handle(deps, tx, event)
}

/** Its row goes with the transaction that handles it; should that fail, it is there again. */
async function takeEvent(tx: Transaction, tenantId: string): Promise<ExecutionEvent | undefined> {
  const [event] = await tx.$queryRaw<ExecutionEvent[]>`
    delete from execution_event where tenant_id = ${tenantId}::uuid and position = (
      select position from execution_event where tenant_id = ${tenantId}::uuid
      order by position limit 1 for update skip locked)
    returning tenant_id as "tenantId", position, execution_id as "executionId", namespace, flow_id as "flowId", state,
      created_at as "createdAt"`
  return event
}

async function handle(deps: ActivityDependencies, tx: Transaction, event: ExecutionEvent): Promise<FollowUp[]> {
  const { tenantId, namespace, flowId, state } = event
  const world = { db: deps.db(tenantId), client: deps.client }
  const flow = { tenantId, namespace, flowId }
  const admit = () => admitQueued(world, flow)
  if (state === planRoom) return [() => admitAllQueued(world, tenantId)]
  if (state === limitChanged) return [admit, () => refuseQueued(world, flow)]
  const begins = await followExecution(deps, tx, event)
  if (!isTerminal(state) && state !== 'DELETED') return begins
  return [admit, ...begins, ...(await afterTriggeredEnd(deps, tx, event))]
}
