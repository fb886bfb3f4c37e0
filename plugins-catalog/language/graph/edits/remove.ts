import type { Path } from '../../check/problem'
import { isJsonObject } from '../../json'
import { valueAt } from '../../paths'
import { itemPathOf, shapeAt } from '../places'
import type { Context, Plan } from './context'
import { planDependsOn } from './depends-on'
import { planUnset } from './unset'

const nothingThere = 'nothing is written there'

/** Takes out a task, trigger or any other item; in a Dag nothing waits for it any longer. */
export function planRemove(context: Context, given: Path): Plan | string {
  const path = itemPathOf(given)
  if (path.length === 0 || valueAt(context.flow, path) === undefined) return nothingThere
  const freed = freeDependents(context, path)
  const without = planUnset({ ...context, flow: freed.expected }, path)
  return typeof without === 'string'
    ? without
    : { steps: [...freed.steps, ...without.steps], expected: without.expected }
}

/** In a Dag nothing waits for what goes. */
export function freeDependents(context: Context, path: Path): Plan {
  const { flow, catalog } = context
  const list = path.slice(0, -1)
  const none: Plan = { steps: [], expected: flow }
  const items = valueAt(flow, list)
  const item = valueAt(flow, path)
  if (shapeAt(flow, list, catalog) !== 'dag' || !Array.isArray(items) || !isJsonObject(item)) return none
  const id = isJsonObject(item.task) ? item.task.id : undefined
  if (typeof id !== 'string') return none
  return items.reduce<Plan>((plan, other, index) => {
    const waits = isJsonObject(other) && Array.isArray(other.dependsOn) && other.dependsOn.includes(id)
    if (!waits || index === path.at(-1)) return plan
    const found = planDependsOn({ ...context, flow: plan.expected }, [...list, index], { id, isWanted: false })
    return typeof found === 'string' ? plan : { steps: [...plan.steps, ...found.steps], expected: found.expected }
  }, none)
}
