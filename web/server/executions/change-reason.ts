import { z } from 'zod'

/** Why somebody changes a state by hand; the log of the execution keeps it. */
export const ChangeReason = z.string().trim().max(500).optional()
