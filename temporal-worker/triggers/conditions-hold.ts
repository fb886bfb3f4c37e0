import type { Catalog } from '#language/catalog'
import { renderCondition } from '#language/conditions/ask-condition'
import type { ConditionContext } from '#language/define-plugin'
import { isTruthy } from '#language/expressions/index'
import { isJsonObject, type JsonObject } from '#language/json'

/** Whether all conditions of a trigger hold, and its `when` (Kestra 2). Throws where one can't be evaluated. */
export function conditionsHold(
  catalog: Catalog,
  trigger: JsonObject,
  context: Omit<ConditionContext, 'holds'>,
): boolean {
  const full = conditionContext(catalog, context)
  const { conditions = [], when } = trigger
  const all = Array.isArray(conditions) ? conditions.filter(isJsonObject) : []
  return all.every(full.holds) && (typeof when !== 'string' || isTruthy(context.render(when)))
}

/** What conditions are asked with that ask others. */
export function conditionContext(catalog: Catalog, context: Omit<ConditionContext, 'holds'>): ConditionContext {
  const full: ConditionContext = { ...context, holds: condition => holds(catalog, condition, full) }
  return full
}

function holds(catalog: Catalog, condition: JsonObject, context: ConditionContext): boolean {
  const plugin = catalog.find(String(condition.type))
  if (plugin?.holds === undefined) throw new Error(`There is no condition ${String(condition.type)}`)
  const rendered = renderCondition(condition, context)
  const properties = plugin.properties.safeParse(rendered)
  if (properties.success) return plugin.holds(properties.data, context)
  const problems = properties.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`)
  throw new Error(`The condition ${plugin.type} is not valid: ${problems.join('; ')}`)
}
