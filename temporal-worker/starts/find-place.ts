import type { Transaction } from '#db/tenant-db'
import type { Concurrency } from '#language/flow'
import type { Refused } from '../contract'

type FlowRef = { tenantId: string; namespace: string; flowId: string }

/** `none`: it is to be refused. */
export type FoundPlace = 'free' | 'queue' | 'none'

/**
 * Looks for a place of a flow, among those that do so at the same time; until the transaction ends nobody else is given
 * one. Whoever comes later waits behind those that wait.
 */
export async function findPlace(
  tx: Transaction,
  { tenantId, namespace, flowId }: FlowRef,
  { limit, behavior }: Concurrency,
): Promise<FoundPlace> {
  await tx.$queryRaw`select lock_places(${tenantId}::uuid, ${namespace}, ${flowId})::text`
  const [{ taken, waiting }] = await tx.$queryRaw<[{ taken: number; waiting: boolean }]>`
    select places_taken(${tenantId}::uuid, ${namespace}, ${flowId}) as taken, exists (
      select from execution where tenant_id = ${tenantId}::uuid and namespace = ${namespace} and flow_id = ${flowId}
        and state = 'QUEUED' and waits_since <= clock_timestamp()) as waiting`
  if (behavior === 'QUEUE') return taken >= limit || waiting ? 'queue' : 'free'
  return taken >= limit ? 'none' : 'free'
}

/** What becomes of an execution for which its flow has no place, unless it waits. */
export function refusalOf({ limit, behavior }: Concurrency): Refused & { state: 'FAILED' | 'CANCELLED' } {
  const verb = behavior === 'FAIL' ? 'failed' : 'cancelled'
  const reason = `The flow's concurrency limit is reached: ${limit} at once, and more are ${verb}`
  return { state: behavior === 'FAIL' ? 'FAILED' : 'CANCELLED', reason }
}
