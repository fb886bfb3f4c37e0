import { z } from 'zod'
import { Flag, integer, LabelList } from '../schemas'

/** Temporal counts in nanoseconds: what is centuries away overflows. */
const furthestMs = 10 * 365 * 24 * 3_600_000

/** How to start an execution, apart from its inputs. */
export const StartOptions = z.object({
  labels: LabelList.default([]),
  revision: integer(1, 1_000_000_000).optional(),
  /** Reply when it has ended. */
  wait: Flag.default(false),
  /** When it begins; at once if absent or past. */
  scheduleDate: z.iso
    .datetime({ offset: true })
    .refine(date => Date.parse(date) < Date.now() + furthestMs, 'a date within the next ten years')
    .optional(),
})
export type StartOptions = z.output<typeof StartOptions>
