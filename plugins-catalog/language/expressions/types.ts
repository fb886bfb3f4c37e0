import type { Json } from '../json'

/** The variables an expression sees, by name: inputs, outputs, vars, flow, execution, taskrun ... Plain data only. */
export type Scope = { readonly [name: string]: Json | undefined }

/** Named and positional arguments of a function or filter call, evaluated. */
export type CallArguments = { positional: Json[]; named: { [name: string]: Json } }

/**
 * What evaluation may know of the world. Evaluation is synchronous and deterministic: in a workflow the clock and
 * the randomness are Temporal's; a call that needs the world (`secret`, `kv`, `read`, `http`, `jq` ...) is answered by
 * `call`, which throws `PendingCall` while it has no answer yet. The activity then fetches it and evaluates again.
 */
export type Env = {
  nowMs: number
  /** In [0, 1). */
  random(): number
  call?(name: string, args: CallArguments): Json
}

/** Thrown by `Env.call`: the answer must be fetched first. */
export class PendingCall extends Error {
  readonly callName: string
  readonly args: CallArguments
  constructor(callName: string, args: CallArguments) {
    super(`${callName}() is not answered yet`)
    this.name = 'PendingCall'
    this.callName = callName
    this.args = args
  }
}

/** A template that can't be evaluated: the message names the cause, the expression and its line. */
export class ExpressionError extends Error {
  readonly expression: string
  /** 1-based, within the template. */
  readonly line: number
  constructor(message: string, expression: string, line: number) {
    super(message)
    this.name = 'ExpressionError'
    this.expression = expression
    this.line = line
  }
}
