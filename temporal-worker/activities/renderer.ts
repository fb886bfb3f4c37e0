import { renderDeep } from '#language/expressions/index'
import { type CallArguments, type Env, PendingCall, type Scope } from '#language/expressions/types'
import type { Json } from '#language/json'

/** Answers one call of a template that needs the world. */
export type AnswerCall = (name: string, args: CallArguments) => Promise<Json>

export type Renderer = (value: Json, scope: Scope, options?: { typed?: boolean }) => Promise<Json>

/** More calls than this in one value are a runaway template. */
const maxCalls = 1000

/**
 * Renders with the world's help: evaluation is synchronous, so a call without an answer stops it, is answered, and the
 * value is evaluated again. Answers are kept, so that each call is made once.
 */
export function createRenderer(answer: AnswerCall): Renderer {
  return async (value, scope, options = {}) => {
    const answers = new Map<string, Json>()
    const nowMs = Date.now()
    for (let calls = 0; calls <= maxCalls; calls++) {
      const pending = tryRender()
      if (!(pending instanceof PendingCall)) return pending.value
      answers.set(keyOf(pending.callName, pending.args), await answer(pending.callName, pending.args))
    }
    throw new Error(`The expression makes more than ${maxCalls} calls`)

    function tryRender(): PendingCall | { value: Json } {
      try {
        return { value: renderDeep(value, scope, envOf(nowMs, answers), options) }
      } catch (error) {
        if (error instanceof PendingCall) return error
        throw error
      }
    }
  }
}

function envOf(nowMs: number, answers: ReadonlyMap<string, Json>): Env {
  return {
    nowMs,
    random: Math.random,
    call(name, args) {
      const key = keyOf(name, args)
      const answer = answers.get(key)
      if (answer === undefined) throw new PendingCall(name, args)
      return answer
    },
  }
}

function keyOf(name: string, args: CallArguments): string {
  return JSON.stringify([name, args.positional, args.named])
}
