import { z } from 'zod'

/** Failures that are told one by one; more are only counted. */
export const shownFailures = 100

/** What an action on many executions came to. Each is done or not for itself. */
export const BulkResult = z.object({
  /** For how many it was done. */
  count: z.number(),
  /** For how many it was not. */
  failed: z.number(),
  /** Why, of the first of them. */
  errors: z.array(z.object({ executionId: z.string(), code: z.string(), message: z.string() })),
  /** More match than one call handles: go on with the same filter and this. */
  nextCursor: z.string().optional(),
})
export type BulkResult = z.infer<typeof BulkResult>
