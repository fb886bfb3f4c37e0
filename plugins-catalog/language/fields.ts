/**
 * Helpers for the properties of plugins. One schema serves twice: literals are checked when a flow is saved, rendered
 * values are parsed when the task runs; so each helper coerces what rendering makes of a value (`"true"`, `"5"`, JSON text).
 * Values that hold a template pass the check, whatever their type (`check/properties.ts`), and the editor offers both.
 */
import { z } from 'zod'
import { isTimeZone, parseDuration } from './durations'
import type { Json, JsonObject } from './json'

/** What the editor's JSON Schema needs to know beyond zod's types; read by `editor-schema.ts`. */
export type FieldMeta = {
  title?: string
  description?: string
  /** Warned of when written. */
  deprecated?: boolean
  /** What to use instead of a deprecated property. */
  instead?: string
  /** The value holds tasks of this shape; the editor's schema refers to its definition of a task. */
  tasks?: 'one' | 'list' | 'lists' | 'dag'
  /** The value is a task runner (or another plugin) of this kind, named by its `type`. */
  plugin?: 'taskRunner' | 'condition'
  /** Text that is more than that; a form has a field for it. */
  format?: 'duration'
}

const templatePattern = /\{\{|\{%/

/** Whether a text holds an expression or a template tag. */
export function isTemplate(value: unknown): value is string {
  return typeof value === 'string' && templatePattern.test(value)
}

/** Whether a value is, or somewhere holds, a template. */
export function holdsTemplate(value: unknown): boolean {
  if (typeof value === 'string') return templatePattern.test(value)
  if (Array.isArray(value)) return value.some(holdsTemplate)
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, child]) => templatePattern.test(key) || holdsTemplate(child))
}

/** Text; a literal number or boolean counts as its text. */
export function text() {
  return z.preprocess(toText, z.string())
}

/** Text that is content: a list or a map counts as its JSON text. */
export function content() {
  return z.preprocess(toContent, z.string())
}

/** A whole number, or its text. */
export function int() {
  return z.preprocess(toNumber, z.int())
}

/** A number, or its text. */
export function float() {
  return z.preprocess(toNumber, z.number())
}

/** `true`, `false`, or their text. */
export function bool() {
  return z.preprocess(toBoolean, z.boolean())
}

/** A duration as ISO-8601 text (`durationMs` of durations.ts reads it); a number of seconds counts, too. */
export function duration() {
  return z
    .preprocess(
      value => (typeof value === 'number' ? `PT${value}S` : value),
      z.string().refine(value => parseDuration(value) !== null, {
        error: 'not a duration; write ISO-8601 such as PT30S, PT5M, PT1H or P1D',
      }),
    )
    .meta({ format: 'duration' } satisfies FieldMeta)
}

/** A size in bytes, such as `10MB`; a plain number counts bytes. */
export function byteSize() {
  return text().refine(
    value => /^\s*[0-9]+(\.[0-9]+)?\s*([KMGTP]?I?B)?\s*$/i.test(value),
    'not a size; write one such as 500KB or 10MB',
  )
}

/** An IANA time zone, or an offset such as `+02:00`. */
export function timeZone() {
  return z.string().refine(isTimeZone, 'no time zone is called so; write one such as Europe/Berlin, UTC or +02:00')
}

/** A list, or JSON text of one. */
export function list<Item extends z.ZodType>(item: Item) {
  return z.preprocess(fromJsonText('['), z.array(item))
}

/** A map of text to values, or JSON text of one. */
export function map<Value extends z.ZodType>(value: Value) {
  return z.preprocess(fromJsonText('{'), z.record(z.string(), value))
}

/** An object with known keys, or JSON text of one. Unknown keys are problems. */
export function object<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.preprocess(fromJsonText('{'), z.strictObject(shape))
}

/** One of a few words; upper and lower case count the same. */
export function oneOf<const Word extends string>(words: readonly Word[]) {
  return z.preprocess(value => findWord(words, value), z.enum(words))
}

/** Any JSON value. */
export function anyJson(): z.ZodType<Json> {
  return z.any() as z.ZodType<Json>
}

/** Any JSON object, or JSON text of one. */
export function anyObject(): z.ZodType<JsonObject> {
  return map(anyJson()) as z.ZodType<JsonObject>
}

/** Tasks held by a flowable: a list of tasks. The language checks each by its own type. */
export function tasks() {
  return z
    .array(heldTask())
    .min(1, 'needs at least one task')
    .meta({ tasks: 'list' } satisfies FieldMeta)
}

/** What to do after a task of the same flowable failed, and after all else. */
export const branches = {
  errors: z
    .array(heldTask())
    .meta({ tasks: 'list', description: 'Run in order after a task here failed for good.' } satisfies FieldMeta)
    .optional(),
  finally: z
    .array(heldTask())
    .meta({ tasks: 'list', description: 'Run in order at the end, whatever happened before.' } satisfies FieldMeta)
    .optional(),
}

/** One task held by a flowable. */
export function task() {
  return heldTask().meta({ tasks: 'one' } satisfies FieldMeta)
}

/** A map of names to lists of tasks. */
export function taskLists() {
  return z.record(z.string(), z.array(heldTask())).meta({ tasks: 'lists' } satisfies FieldMeta)
}

/** A plugin held by a task, chosen by its `type` (a task runner); the language checks it by its own type. */
export function plugin(kind: NonNullable<FieldMeta['plugin']>) {
  return z.looseObject({ type: z.string() }).meta({ plugin: kind } satisfies FieldMeta)
}

/** The outer shape of a task inside another; its own type checks the rest. */
export function heldTask(): z.ZodType<{ id: string; type: string; [property: string]: Json }> {
  return z.looseObject({ id: z.string(), type: z.string() }) as never
}

function toText(value: unknown): unknown {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value
}

function toContent(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : toText(value)
}

function toNumber(value: unknown): unknown {
  if (typeof value !== 'string' || value.trim() === '') return value
  const number = Number(value)
  return Number.isNaN(number) ? value : number
}

function toBoolean(value: unknown): unknown {
  if (typeof value !== 'string') return value
  const word = value.trim().toLowerCase()
  return word === 'true' ? true : word === 'false' ? false : value
}

function fromJsonText(opening: '[' | '{') {
  return (value: unknown): unknown => {
    if (typeof value !== 'string' || !value.trimStart().startsWith(opening)) return value
    try {
      return JSON.parse(value)
    } catch {
      return value
    }
  }
}

function findWord(words: readonly string[], value: unknown): unknown {
  if (typeof value !== 'string' || words.includes(value)) return value
  return words.find(word => word.toLowerCase() === value.trim().toLowerCase()) ?? value
}
