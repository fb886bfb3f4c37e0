import { ExpressionError, renderTyped } from '#language/expressions/index'
import type { Json, JsonObject } from '#language/json'
import { unsealCall } from '#language/sealed'
import { executionText } from '#text/execution'

export type Tried = { value: Json } | { problem: string; line: number }

/** What stands for a value that nobody is shown. */
const hidden = '******'

/**
 * What an expression comes to with an execution's variables; one without braces is taken as what stands in them. Nothing
 * is asked of the world: what would need it says so.
 */
export function tryExpression(text: string, scope: JsonObject, nowMs: number): Tried {
  const template = text.includes('{{') || text.includes('{%') ? text : `{{ ${text} }}`
  try {
    const value = renderTyped(template, scope, { nowMs, random: Math.random, call: answer })
    return { value }
  } catch (error) {
    if (error instanceof ExpressionError) return { problem: error.message, line: error.line }
    return { problem: error instanceof Error ? error.message : String(error), line: 1 }
  }
}

function answer(name: string): Json {
  if (name === unsealCall) return hidden
  if (name === 'secret') throw new Error(executionText.secretIsNotAnswered)
  throw new Error(executionText.functionIsNotAnswered(name))
}
