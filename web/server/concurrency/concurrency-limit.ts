import { z } from 'zod'

/** A flow's limit and what comes of it now. Both numbers are counted when asked for: no counter can be wrong. */
export const ConcurrencyLimit = z.object({
  tenantId: z.string(),
  namespace: z.string(),
  flowId: z.string(),
  running: z.number(),
  /** Executions that wait for a place. */
  waiting: z.number(),
  limit: z.number(),
  behavior: z.enum(['QUEUE', 'CANCEL', 'FAIL']),
})
export type ConcurrencyLimit = z.infer<typeof ConcurrencyLimit>
