import { renderDeep } from '#language/expressions/index'
import type { Scope } from '#language/expressions/types'
import { type AnswerCall, withAnswers } from '#language/expressions/with-answers'
import type { Json } from '#language/json'

export type Renderer = (value: Json, scope: Scope, options?: { typed?: boolean }) => Promise<Json>

/** Renders with the world's help. */
export function createRenderer(answer: AnswerCall): Renderer {
  return (value, scope, options = {}) => {
    const nowMs = Date.now()
    return withAnswers(call => renderDeep(value, scope, { nowMs, random: Math.random, call }, options), answer)
  }
}
