/** Which executions a trigger that starts after other flows looks at. Pure. */
import type { Catalog } from '../catalog'
import { holdsTemplate } from '../fields'
import type { Trigger } from '../flow'
import { isJsonObject, type Json, type JsonObject } from '../json'
import { terminalStates } from '../states'
import type { FlowName, Joint } from './joint'

/** What a trigger says of the executions it starts after. */
export type Followed = { states: readonly string[]; joints: Joint[] }

/** States that count where a trigger names none: those at an execution's end, and PAUSED. */
export const followedByDefault = [...terminalStates, 'PAUSED'] as const

/** A trigger read as its plugin understands it: `conditions` are asked of each execution, joints of several. */
export type FollowRule = Followed & { conditions: JsonObject[] }

/** Undefined where a trigger follows nothing, or is no valid one. */
export function followRule(catalog: Catalog, trigger: Trigger | JsonObject): FollowRule | undefined {
  const plugin = catalog.find(String(trigger.type))
  if (plugin?.follows === undefined) return undefined
  const properties = plugin.properties.safeParse(trigger)
  if (!properties.success) return undefined
  const { states, joints } = plugin.follows(properties.data)
  const written = Array.isArray(trigger.conditions) ? trigger.conditions.filter(isJsonObject) : []
  const joining = written.flatMap(condition => jointOf(catalog, condition) ?? [])
  const conditions = written.filter(condition => catalog.find(String(condition.type))?.joins === undefined)
  return { states, joints: [...joints, ...joining], conditions }
}

function jointOf(catalog: Catalog, condition: JsonObject): Joint | undefined {
  const plugin = catalog.find(String(condition.type))
  if (plugin?.joins === undefined) return undefined
  const properties = plugin.properties.safeParse(condition)
  return properties.success ? plugin.joins(properties.data) : undefined
}

/** All flows, or all of a namespace. */
const anyFlow = '*'

/** How `followedFlows` names a flow: `namespace/flow`, `namespace/*`, or `*`. */
export function followKey({ namespace, flowId }: FlowName): string {
  if (namespace === undefined) return anyFlow
  return `${namespace}/${flowId ?? anyFlow}`
}

/** Flows whose executions a trigger can start after, as `followKey` names them: looked up for each execution. */
export function followedFlows({ conditions, joints }: FollowRule): string[] {
  // All of them must hold, so that those of any one are enough; the narrowest are the best.
  const sets = [...conditions.map(flowsOfCondition), ...joints.map(({ needs }) => needs.map(({ flow }) => flow))]
  const keys = sets.map(flows => [...new Set(flows.map(followKey))])
  return (
    keys.find(set => set.every(key => !key.endsWith(anyFlow))) ?? keys.find(set => !set.includes(anyFlow)) ?? [anyFlow]
  )
}

/** The flows whose executions a condition can hold for. */
export function flowsOfCondition(condition: JsonObject): FlowName[] {
  const kind = kindOf(condition)
  if (kind === 'Or') {
    const parts = Array.isArray(condition.conditions) ? condition.conditions.filter(isJsonObject) : []
    return parts.flatMap(flowsOfCondition)
  }
  if (kind === 'ExecutionFlow' || kind === 'FlowCondition')
    return [{ namespace: plain(condition.namespace), flowId: plain(condition.flowId) }]
  const isExact = !('prefix' in condition) && (condition.comparison === undefined || condition.comparison === 'EQUALS')
  if ((kind === 'ExecutionNamespace' || kind === 'FlowNamespaceCondition') && isExact)
    return [{ namespace: plain(condition.namespace) }]
  return [{}]
}

/**
 * Flows each success of which starts the flow anew, whatever else is the case: what can be part of an endless loop. Only
 * conditions that name a flow or its state are sure.
 */
export function surelyFollowed(trigger: Trigger | JsonObject, { states, conditions, joints }: FollowRule): FlowName[] {
  if (trigger.disabled === true || trigger.when !== undefined || !states.includes('SUCCESS')) return []
  const named = conditions
    .filter(condition => !holdsForSuccess(condition))
    .map(condition => (isSureCondition(condition) ? flowsOfCondition(condition) : []))
  const joined = joints.map(({ needs, atLeast }) =>
    atLeast > 1 ? [] : needs.filter(({ isSure }) => isSure).map(({ flow }) => flow),
  )
  const [first = [], ...others] = [...named, ...joined]
  return first.filter(
    flow => isNamed(flow) && others.every(flows => flows.some(other => followKey(other) === followKey(flow))),
  )
}

/** Whether a condition holds for each success of the flow that it names. */
export function isSureCondition(condition: JsonObject): boolean {
  return ['ExecutionFlow', 'FlowCondition'].includes(kindOf(condition)) && flowsOfCondition(condition).every(isNamed)
}

function isNamed({ namespace, flowId }: FlowName): boolean {
  return namespace !== undefined && flowId !== undefined
}

function holdsForSuccess(condition: JsonObject): boolean {
  if (kindOf(condition) !== 'ExecutionStatus' || holdsTemplate(condition)) return false
  const { in: wanted, notIn } = condition
  return (!Array.isArray(wanted) || wanted.includes('SUCCESS')) && !(Array.isArray(notIn) && notIn.includes('SUCCESS'))
}

function kindOf({ type }: JsonObject): string {
  return String(type).split('.').at(-1)!
}

/** A name as it is; undefined for what only rendering tells. */
function plain(value: Json | undefined): string | undefined {
  return value === undefined || value === null || holdsTemplate(value) ? undefined : String(value)
}
