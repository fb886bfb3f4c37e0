import type { ConditionContext } from '#language/define-plugin'
import { renderDeep } from '#language/expressions/index'
import type { CallArguments } from '#language/expressions/types'
import type { Json, JsonObject } from '#language/json'
import { readerOf } from '../activities/answer-calls'
import type { ActivityDependencies } from '../activities/dependencies'
import { isPublicHoliday } from '../activities/public-holidays'
import type { FlowRef, LoadedFlow } from '../starts/load-flow'
import { triggerScope } from '../starts/trigger-scope'

/** Renders templates of conditions with a trigger's variables. They can't ask the world: a condition is quick. */
export function createConditionRender(
  deps: ActivityDependencies,
  given: { ref: FlowRef; loaded: LoadedFlow; type?: Json | undefined; variables: JsonObject; now?: Date },
): ConditionContext['render'] {
  return renderWith({ ...deps.serverVariables, ...triggerScope(given) }, given.now)
}

/** The same with variables of the caller's. */
export function renderWith(scope: JsonObject, now = new Date()): ConditionContext['render'] {
  const env = { nowMs: now.getTime(), random: Math.random, call }
  return (value, extra = {}) => renderDeep(value, { ...scope, ...extra }, env, { typed: true })
}

function call(name: string, args: CallArguments): Json {
  if (name === 'isPublicHoliday') return isPublicHoliday(readerOf(args))
  throw new Error(`${name}() can't be used in a condition`)
}
