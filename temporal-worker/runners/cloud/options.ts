import { z } from 'zod'
import { Duration, Flag } from '../option-schemas'

/** @example needed('it is where the job runs') */
export const needed = (why: string) =>
  z.union([z.string(), z.number()], { error: `is missing: ${why}` }).transform(value => String(value))
export const Count = z.coerce.number().int().positive()

/** What every vendor's runner takes. */
export const commonOptions = {
  waitUntilCompletion: Duration.default(3_600_000),
  completionCheckInterval: Duration.default(5_000),
  delete: Flag.default(true),
  resume: Flag.default(true),
}
