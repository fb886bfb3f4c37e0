import { z } from 'zod'
import { Timestamp } from '../schemas'

export const Token = z.object({
  id: z.string(),
  name: z.string(),
  lastFour: z.string(),
  createdAt: Timestamp,
  expiresAt: Timestamp.nullable(),
  lastUsedAt: Timestamp.nullable(),
})
export type Token = z.infer<typeof Token>

/** The value is in this one reply and nowhere else: the database holds its hash. */
export const NewToken = Token.extend({ value: z.string() })
export type NewToken = z.infer<typeof NewToken>
