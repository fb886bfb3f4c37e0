import { catalog } from '#catalog/manifests'
import type { Problem } from '#language/check/problem'
import { holdsTemplate } from '#language/fields'
import type { Flow, Task } from '#language/flow'
import type { JsonObject } from '#language/json'
import { followKey, followRule, surelyFollowed } from '#language/triggers/followed'
import type { Scope } from '../access/tenant-scope'
import { readSettingsStamp, understandStored } from './stored-flow'

type Name = { namespace: string; id: string }
/** A flow that starts surely once another succeeds, or is called by it; and where a text says so. */
type Edge = { to: Name; isTrigger: boolean; path?: Problem['path'] }
/** Loops through more flows than these are cut when they run. */
const mostFlows = 50

/**
 * Flows that start each other for ever once one succeeds, with the flow that is to be saved among them. Only what is
 * sure: triggers that name one flow and count its success, and calls of a flow among its tasks.
 */
export async function findTriggerLoop(scope: Scope, flow: Flow): Promise<Problem | undefined> {
  const isFollower = flow.triggers.some(trigger => follows(trigger).length > 0)
  const isAlone = flow.disabled || (!isFollower && (await hasNoFollower(scope)))
  const way = isAlone ? undefined : await findWayBack(scope, flow)
  if (way === undefined) return undefined
  const names = [flow, ...way.map(({ to }) => to)].map(keyOf)
  const loop = `the flows start each other without end: ${names.join(' -> ')}`
  // Of the flow's own text: the trigger that closes the loop, or the call that opens it.
  const { path = ['id'] } = [way.at(-1)!, way[0]!].find(step => step.path !== undefined) ?? {}
  return { code: 'CYCLE', message: `${loop}; let a condition or other states end it`, path }
}

/** Flows that a trigger surely starts after. */
function follows(trigger: JsonObject): string[] {
  const rule = followRule(catalog, trigger)
  const flows = rule === undefined ? [] : surelyFollowed(trigger, rule)
  return flows.map(({ namespace = '', flowId = '' }) => keyOf({ namespace, id: flowId }))
}

async function hasNoFollower({ db, tenantId }: Scope): Promise<boolean> {
  return (await db.trigger.findFirst({ where: { tenantId, kind: 'flow' }, select: { triggerId: true } })) === null
}

/** The steps from a flow to itself, nearest first; undefined where there is no way. */
async function findWayBack(scope: Scope, flow: Flow): Promise<Edge[] | undefined> {
  const seen = new Set([keyOf(flow)])
  let ways: Edge[][] = [[]]
  while (ways.length > 0 && seen.size <= mostFlows) {
    const next: Edge[][] = []
    for (const way of ways) {
      for (const edge of await stepsFrom(scope, flow, way.at(-1)?.to)) {
        const longer = [...way, edge]
        // Calls alone are a recursion, which is another matter.
        if (keyOf(edge.to) === keyOf(flow) && longer.some(({ isTrigger }) => isTrigger)) return longer
        if (!seen.has(keyOf(edge.to))) next.push(longer)
        seen.add(keyOf(edge.to))
      }
    }
    ways = next
  }
  return undefined
}

async function stepsFrom(scope: Scope, flow: Flow, at: Name | undefined): Promise<Edge[]> {
  if (at === undefined) return [...(await readFollowers(scope, flow, flow)), ...calledBy(flow)]
  // Where another text calls a flow is no place in this one.
  const calls = calledBy(await readFlow(scope, at)).map(({ to, isTrigger }) => ({ to, isTrigger }))
  return [...ownTriggersAfter(flow, at), ...(await readFollowers(scope, at, flow)), ...calls]
}

/** A flow never starts after itself. */
function ownTriggersAfter(flow: Flow, at: Name): Edge[] {
  return flow.triggers.flatMap((trigger, index) =>
    follows(trigger).includes(keyOf(at)) ? [{ to: flow, isTrigger: true, path: ['triggers', index] }] : [],
  )
}

/** Flows that surely start after one, but that which is to be saved. */
async function readFollowers({ db, tenantId }: Scope, { namespace, id }: Name, saved: Name): Promise<Edge[]> {
  const rows = await db.trigger.findMany({
    where: {
      tenantId,
      kind: 'flow',
      disabled: false,
      followedFlows: { has: followKey({ namespace, flowId: id }) },
      followedStates: { has: 'SUCCESS' },
      flow: { disabled: false, deleted: false },
      NOT: { namespace: saved.namespace, flowId: saved.id },
    },
    select: { namespace: true, flowId: true, definition: true },
  })
  return rows
    .filter(({ definition }) => follows(definition as JsonObject).includes(keyOf({ namespace, id })))
    .map(row => ({ to: { namespace: row.namespace, id: row.flowId }, isTrigger: true }))
    .filter(({ to }) => keyOf(to) !== keyOf({ namespace, id }))
}

async function readFlow(scope: Scope, name: Name): Promise<Flow | null> {
  const { tenantId } = scope
  const row = await scope.db.flow.findUnique({ where: { tenantId_namespace_id: { tenantId, ...name } } })
  if (row === null || row.deleted || row.disabled) return null
  const { flow } = await understandStored(scope, name, row.revision, await readSettingsStamp(scope, name.namespace))
  return flow
}

/** Flows that a success has called for sure. */
function calledBy(flow: Flow | null): Edge[] {
  return (flow?.tasks ?? []).flatMap((task, index) => {
    const { namespace, flowId } = task
    const to = { namespace: String(namespace), id: String(flowId) }
    return isSureCall(task) ? [{ to, isTrigger: false, path: ['tasks', index] }] : []
  })
}

function isSureCall(task: Task): boolean {
  const isCall = catalog.find(task.type)?.type === 'io.kestra.plugin.core.flow.Subflow'
  const { namespace, flowId, disabled, runIf, when } = task
  const isPlain = typeof namespace === 'string' && typeof flowId === 'string' && !holdsTemplate([namespace, flowId])
  return isCall && isPlain && disabled !== true && runIf === undefined && when === undefined
}

function keyOf({ namespace, id }: Name): string {
  return `${namespace}.${id}`
}
