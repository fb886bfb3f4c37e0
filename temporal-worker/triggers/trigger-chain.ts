import type { Transaction } from '#db/tenant-db'
import type { TriggerRef } from '../contract'

/** So often one trigger may start among executions that led to one another, and so many those may be. */
const mostStarts = 10
const longestChain = 200

type Link = { namespace: string; flowId: string; triggerId: string | null }

/**
 * Why a trigger may not start after an execution; null where it may. Flows that start each other would do so for ever:
 * what led to an execution is told by the trigger that started it and by its caller.
 */
export async function loopOf(tx: Transaction, ref: TriggerRef, executionId: string): Promise<string | null> {
  const { tenantId, namespace, flowId, triggerId } = ref
  const chain = await tx.$queryRaw<Link[]>`
    with recursive chain as (
      select 1 as place, e.namespace, e.flow_id, e.trigger, e.parent_id from execution e
      where e.tenant_id = ${tenantId}::uuid and e.id = ${executionId}
      union all
      select c.place + 1, e.namespace, e.flow_id, e.trigger, e.parent_id from chain c
      join execution e on e.tenant_id = ${tenantId}::uuid and e.id = coalesce(
        case when c.trigger ->> 'type' ~ '\\.Flow$' then c.trigger -> 'variables' ->> 'executionId' end, c.parent_id)
      where c.place < ${longestChain})
    select namespace, flow_id as "flowId", trigger ->> 'id' as "triggerId" from chain order by place`
  const isOwn = (link: Link) => link.namespace === namespace && link.flowId === flowId && link.triggerId === triggerId
  const starts = chain.filter(isOwn).length
  if (starts < mostStarts && chain.length < longestChain) return null
  const round = chain.slice(0, chain.findIndex(isOwn) + 1).reverse()
  const names = [...round, { namespace, flowId }].map(link => `${link.namespace}.${link.flowId}`)
  const loop = starts === 0 ? `${chain.length} executions led to one another` : `the loop ${names.join(' -> ')}`
  return (
    `Not started after execution ${executionId}: ${loop}, and this trigger started ${starts} of them. ` +
    'Let a condition end the loop.'
  )
}
