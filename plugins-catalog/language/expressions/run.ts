import type { Json } from '../json'
import type { Macro, Position, Template } from './ast'
import { Complaint, LimitExceeded, withPlace } from './errors'
import { type Budget, OverBudget } from './limits'
import { type CallArguments, type Env, ExpressionError, PendingCall, type Scope } from './types'
import { ownValue, setKey } from './values'

/** Names bound by `set`, `for` and macros, innermost first. */
export type Locals = { values: Map<string, Json>; parent: Locals | undefined }

/** Templates hold expressions, and these three call templates again: handed over, so that neither imports the other. */
export type Templates = {
  callMacro(run: Run, macro: Macro, args: CallArguments): Json
  renderBlock(run: Run, args: CallArguments): Json
  renderNested(run: Run, source: string): string | null
}

/** One template being evaluated. */
export type Run = {
  templates: Templates
  template: Template
  scope: Scope
  /** A macro sees its parameters only. */
  isMacro: boolean
  locals: Locals
  env: Env
  budget: Budget
}

export function newLocals(parent?: Locals): Locals {
  return { values: new Map(), parent }
}

/** The value of a variable, or undefined where there is none. */
export function variable(run: Run, name: string): Json | undefined {
  for (let locals: Locals | undefined = run.locals; locals; locals = locals.parent) {
    const value = locals.values.get(name)
    if (value !== undefined) return value
  }
  return run.isMacro ? undefined : ownValue(run.scope, name)
}

/** `set` changes the variable where it is bound, so that a loop can count in a variable from outside. */
export function setVariable(run: Run, name: string, value: Json): void {
  for (let locals: Locals | undefined = run.locals; locals; locals = locals.parent) {
    if (!locals.values.has(name)) continue
    locals.values.set(name, value)
    return
  }
  run.locals.values.set(name, value)
}

/** The variables and what the template has bound over them: what `render` and `fetchContext` see. */
export function visibleScope(run: Run): Scope {
  const visible: { [name: string]: Json | undefined } = run.isMacro ? {} : { ...run.scope }
  const chain: Locals[] = []
  for (let locals: Locals | undefined = run.locals; locals; locals = locals.parent) chain.unshift(locals)
  for (const { values } of chain) {
    for (const [name, value] of values) setKey(visible as { [name: string]: Json }, name, value)
  }
  return visible
}

/** Gives an error its expression and line. Errors that have one, and bugs, pass as they are. */
export function placed(run: Run, at: Position, error: unknown): unknown {
  if (error instanceof ExpressionError || error instanceof PendingCall) return error
  const source = run.template.source
  if (error instanceof Complaint) return new ExpressionError(withPlace(error.message, source, at.line), source, at.line)
  if (error instanceof OverBudget || error instanceof RangeError) {
    const reason = error instanceof OverBudget ? error.message : `The expression is too large (${error.message})`
    return new LimitExceeded(withPlace(reason, source, at.line), source, at.line)
  }
  return error
}
