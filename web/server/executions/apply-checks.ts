import { renderDeep } from '#language/expressions/index'
import { ExpressionError, PendingCall } from '#language/expressions/types'
import type { Check, Flow } from '#language/flow'
import type { Json, JsonObject } from '#language/json'
import type { Refused } from '#worker/contract'
import { AppError } from '../errors/app-error'

/**
 * Looks at the checks of a flow before an execution of it is created. Rejects (422) with the messages of those that
 * block it; else answers why it is to be created as FAILED, if it is.
 */
export function applyChecks(flow: Flow, inputs: JsonObject): Refused | undefined {
  const failed = flow.checks.filter(check => !holds(check, flow, inputs))
  const blocking = failed.filter(({ behavior }) => behavior === 'BLOCK_EXECUTION')
  if (blocking.length > 0) {
    const details = blocking.map(({ message, style }) => ({ message, path: 'checks', code: `CHECK_${style}` }))
    throw new AppError('INVALID', messagesOf(blocking), details)
  }
  const failing = failed.filter(({ behavior }) => behavior === 'FAIL_EXECUTION')
  return failing.length === 0 ? undefined : { state: 'FAILED', reason: messagesOf(failing) }
}

function messagesOf(checks: readonly Check[]): string {
  return checks.map(({ message }) => message).join('; ')
}

/** A condition holds where it renders to true itself; one that can't be evaluated blocks, whatever it says. */
function holds({ condition }: Check, { namespace, id, variables, labels }: Flow, inputs: JsonObject): boolean {
  const flow = { namespace, id }
  const scope = {
    inputs,
    vars: variables,
    flow,
    labels: Object.fromEntries(labels.map(({ key, value }) => [key, value])),
  }
  const env = { nowMs: Date.now(), random: Math.random }
  return evaluate(condition, () => renderDeep(condition, scope, env, { typed: true })) === true
}

function evaluate(condition: string, render: () => Json): Json {
  try {
    return render()
  } catch (error) {
    if (error instanceof PendingCall) {
      throw refusal(condition, `${error.callName}() can't be used before an execution begins`)
    }
    if (error instanceof ExpressionError) throw refusal(condition, error.message)
    throw error
  }
}

function refusal(condition: string, why: string): AppError {
  return new AppError('INVALID', `The check ${condition} can't be evaluated: ${why}`, [
    { message: why, path: 'checks', code: 'CHECK_ERROR' },
  ])
}
