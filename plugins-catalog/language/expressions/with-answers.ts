import type { Json } from '../json'
import { type CallArguments, type Env, PendingCall } from './types'

/** What an evaluation asks for a call. */
export type AskWorld = NonNullable<Env['call']>

/** Answers one call of a template that needs the world. */
export type AnswerCall = (name: string, args: CallArguments) => Promise<Json>

/** More calls than this in one value are a runaway template. */
const maxCalls = 1000

/**
 * Evaluates with the world's help: evaluation is synchronous, so a call without an answer stops it, is answered, and all
 * is evaluated again. Answers are kept, so that each call is made once.
 */
export async function withAnswers<T>(evaluate: (call: AskWorld) => T, answer: AnswerCall): Promise<T> {
  const answers = new Map<string, Json>()
  const call: AskWorld = (name, args) => {
    const known = answers.get(keyOf(name, args))
    if (known === undefined) throw new PendingCall(name, args)
    return known
  }
  for (let calls = 0; calls <= maxCalls; calls++) {
    try {
      return evaluate(call)
    } catch (error) {
      if (!(error instanceof PendingCall)) throw error
      answers.set(keyOf(error.callName, error.args), await answer(error.callName, error.args))
    }
  }
  throw new Error(`The expression makes more than ${maxCalls} calls`)
}

function keyOf(name: string, args: CallArguments): string {
  return JSON.stringify([name, args.positional, args.named])
}
