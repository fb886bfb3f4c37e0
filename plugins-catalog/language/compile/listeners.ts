import type { Flow } from '../flow'
import { isJsonObject, type JsonObject } from '../json'
import type { Step } from '../plan'
import type { CompileContext } from './context'
import { compileTasks } from './tasks'

/** Tasks of the old `listeners`: each runs after the execution, where all conditions of its listener hold. */
export function compileListeners(flow: Flow, context: CompileContext): Step[] {
  return (flow.listeners ?? []).flatMap(({ conditions = [], tasks }, index) => {
    const steps = compileTasks(tasks, ['listeners', index, 'tasks'], { ...context, retry: undefined })
    const known = conditions.map(condition => withoutAliases(condition, context))
    return known.length === 0 ? steps : steps.map(step => ({ ...step, conditions: known }))
  })
}

/** Types by the names they have now, deep. */
function withoutAliases(condition: JsonObject, context: CompileContext): JsonObject {
  const { type, conditions } = condition
  return {
    ...condition,
    ...(typeof type === 'string' ? { type: context.catalog.find(type)?.type ?? type } : {}),
    ...(Array.isArray(conditions)
      ? { conditions: conditions.filter(isJsonObject).map(held => withoutAliases(held, context)) }
      : {}),
  }
}
