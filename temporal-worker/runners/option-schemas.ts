/** What the properties of task runners are made of; they come rendered, so that a number may be a text. */
import { z } from 'zod'
import { durationMs } from '#language/durations'
import { RunnerRequestError } from './runner'

export const Text = z.coerce.string()
export const Flag = z.union([z.boolean(), z.stringbool()])
/** In ms. */
export const Duration = Text.transform((text, context) => {
  try {
    return durationMs(text)
  } catch {
    context.addIssue(`"${text}" is not a duration; write e.g. PT10M`)
    return z.NEVER
  }
})

/** Reads the properties of a task runner. Throws a `RunnerRequestError` that names the property. */
export function parseOptions<Schema extends z.ZodType>(schema: Schema, options: unknown): z.output<Schema> {
  const parsed = schema.safeParse(options)
  if (!parsed.success) throw new RunnerRequestError(`taskRunner: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}
