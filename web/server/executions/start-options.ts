import { z } from 'zod'
import { Flag, integer, LabelList } from '../schemas'

/** How to start an execution, apart from its inputs. */
export const StartOptions = z.object({
  labels: LabelList.default([]),
  revision: integer(1, 1_000_000_000).optional(),
  /** Reply when it has ended. */
  wait: Flag.default(false),
  scheduleDate: z.iso.datetime({ offset: true }).optional(),
})
export type StartOptions = z.output<typeof StartOptions>
