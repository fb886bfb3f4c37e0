import { expect, test } from 'vitest'
import type { Json } from '../json'
import { type Env, ExpressionError, renderString, renderTyped, type Scope } from './index'

/** 14 November 2023, 22:13:20.123 UTC. */
export const nowMs = 1_700_000_000_123

export const env: Env = { nowMs, random: () => 0.5 }

/** A template and what it prints. */
export type StringRow = [template: string, printed: string | null]
/** An expression without its braces, and its value. */
export type TypedRow = [expression: string, value: Json]
/** An expression without its braces, and a part of the error it gives. */
export type ErrorRow = [expression: string, message: string]

export function printsTable(rows: StringRow[], scope: Scope = {}): void {
  test.each(rows)('%s prints %j', (template, printed) => {
    expect(renderString(template, scope, env)).toBe(printed)
  })
}

export function valuesTable(rows: TypedRow[], scope: Scope = {}): void {
  test.each(rows)('%s is %j', (expression, value) => {
    expect(renderTyped(`{{ ${expression} }}`, scope, env)).toEqual(value)
  })
}

export function errorsTable(rows: ErrorRow[], scope: Scope = {}): void {
  test.each(rows)('%s fails: %s', (expression, message) => {
    const error = errorOf(`{{ ${expression} }}`, scope)
    expect(error).toBeInstanceOf(ExpressionError)
    expect(error?.message).toContain(message)
  })
}

/** What rendering a template throws. */
export function errorOf(template: string, scope: Scope = {}): Error | undefined {
  try {
    renderTyped(template, scope, env)
    return undefined
  } catch (error) {
    return error as Error
  }
}
