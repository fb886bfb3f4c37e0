/**
 * Flows that start after others. An execution that came to a state leaves an event; here are the triggers that it
 * concerns, in the transaction in which the event goes: what they remember, and the executions that they start.
 */
import type { ExecutionEvent } from '#db/generated/client'
import { type AccessRules, accessRefusal, mayUse, readAccessRules } from '#db/namespace-access'
import type { Transaction } from '#db/tenant-db'
import { lockPlanPlaces } from '#db/usage/plan-places'
import { isJsonObject } from '#language/json'
import type { FollowRule } from '#language/triggers/followed'
import { addToJoints, type JointMemories, type Need } from '#language/triggers/joint'
import type { ActivityDependencies } from '../activities/dependencies'
import { explain } from '../activities/perform-task'
import type { TriggerRef } from '../contract'
import { renderWith } from './condition-render'
import { conditionContext, conditionsHold } from './conditions-hold'
import { type KnownTrigger, readTrigger } from './known-rules'
import { noteError } from './note-error'
import { type Begin, startFollower } from './start-follower'
import { lockTrigger, whereTrigger } from './trigger-row'
import { readUpstream, type Upstream, upstreamVariables, withTaskRuns } from './upstream'

type Follower = { namespace: string; flowId: string; triggerId: string; definition: string }
type Followed = { ref: TriggerRef; trigger: KnownTrigger; upstream: Upstream; rules: AccessRules }

/** Starts what follows an execution; answers what begins it once all is written. */
export async function followExecution(
  deps: ActivityDependencies,
  tx: Transaction,
  event: ExecutionEvent,
): Promise<Begin[]> {
  const followers = await findFollowers(tx, event)
  const upstream = followers.length === 0 ? null : await readUpstream(tx, event)
  const begins: Begin[] = []
  if (upstream === null) return begins
  // Before the rows of triggers, which others lock before they ask the plan.
  await lockPlanPlaces(tx, event.tenantId)
  const rules = await readAccessRules(deps.db(event.tenantId), event.tenantId, [event.namespace])
  let withRuns: Upstream | undefined
  for (const { definition, ...key } of followers) {
    const ref = { tenantId: event.tenantId, ...key }
    const trigger = readTrigger(deps.catalog, definition)
    if (trigger.asksForTaskRuns) withRuns ??= await withTaskRuns(tx, upstream)
    const seen = trigger.asksForTaskRuns ? withRuns! : upstream
    const begin = await follow(deps, tx, { ref, trigger, upstream: seen, rules })
    if (begin !== undefined) begins.push(begin)
  }
  return begins
}

/** In one order for all events, so that two never wait for each other's triggers. */
function findFollowers(tx: Transaction, event: ExecutionEvent): Promise<Follower[]> {
  const { tenantId, namespace, flowId, state } = event
  return tx.$queryRaw<Follower[]>`
    select t.namespace, t.flow_id as "flowId", t.trigger_id as "triggerId", t.definition::text as definition
    from followers(${tenantId}::uuid, ${namespace}, ${flowId}, ${state}) as found
    join trigger t on t.tenant_id = ${tenantId}::uuid and t.namespace = found.namespace and t.flow_id = found.flow_id
      and t.trigger_id = found.trigger_id
    join flow f on f.tenant_id = ${tenantId}::uuid and f.namespace = t.namespace and f.id = t.flow_id
      and not f.disabled and not f.deleted
    order by 1, 2, 3`
}

/** Most executions concern a trigger no further: its row is locked only where they do. */
async function follow(deps: ActivityDependencies, tx: Transaction, followed: Followed): Promise<Begin | undefined> {
  const judged = judge(deps, followed)
  if (judged === undefined) return undefined
  if ('failure' in judged) return noteError(tx, followed.ref, judged.failure)
  const refusal = refusalOf(followed)
  if (refusal !== undefined) return noteError(tx, followed.ref, refusal)
  const row = await lockTrigger(tx, followed.ref)
  if (row === null || row.kind !== 'flow' || row.disabled) return undefined
  const { rule, met } = judged
  const start = { ref: followed.ref, definition: followed.trigger.definition, upstream: followed.upstream }
  if (rule.joints.length === 0) return startFollower(deps, tx, start)
  const { execution, event } = followed.upstream
  const moment = { executionId: execution.id, at: event.createdAt, meets: (need: Need) => met.has(need) }
  const { memories, executions } = addToJoints(rule.joints, memoriesOf(row.state), moment)
  await tx.trigger.update({
    where: whereTrigger(followed.ref),
    data: { state: { joints: memories }, evaluatedAt: new Date(), error: null },
  })
  return executions === undefined ? undefined : startFollower(deps, tx, { ...start, executions })
}

/** Why a trigger may not see executions of the upstream's namespace, where that admits other namespaces only. */
function refusalOf({ ref, upstream, rules }: Followed): string | undefined {
  const { namespace: holder, flowId } = upstream.event
  const sides = { user: ref.namespace, holder }
  return mayUse(rules, sides) ? undefined : accessRefusal(`executions of ${flowId}`, sides)
}

/** Whether an execution counts, and as what; undefined where it doesn't. */
function judge(
  { catalog, serverVariables }: ActivityDependencies,
  { trigger: { definition, rule }, upstream }: Followed,
): { rule: FollowRule; met: Set<Need> } | { failure: string } | undefined {
  const { execution, event, scope } = upstream
  const own = isJsonObject(scope.trigger) ? scope.trigger : {}
  const variables = { ...own, ...upstreamVariables(upstream) }
  const context = {
    date: event.createdAt,
    render: renderWith({ ...serverVariables, ...scope, trigger: variables }, event.createdAt),
    execution,
  }
  try {
    if (rule === undefined) return { failure: 'It is not valid: save its flow again to see why.' }
    const asked = { ...definition, conditions: rule.conditions }
    if (!conditionsHold(catalog, asked, context)) return undefined
    const full = conditionContext(catalog, context)
    const met = new Set(rule.joints.flatMap(({ needs }) => needs.filter(need => need.isMet(full))))
    return rule.joints.length > 0 && met.size === 0 ? undefined : { rule, met }
  } catch (error) {
    return { failure: `After execution ${execution.id}: ${explain(error)}` }
  }
}

function memoriesOf(state: unknown): JointMemories {
  return isJsonObject(state) && isJsonObject(state.joints) ? (state.joints as JointMemories) : {}
}
