import { z } from 'zod'
import { TokenScope } from '../access/access'
import { Timestamp } from '../schemas'

export const Token = z.object({
  id: z.string(),
  name: z.string(),
  lastFour: z.string(),
  createdAt: Timestamp,
  expiresAt: Timestamp.nullable(),
  lastUsedAt: Timestamp.nullable(),
  /** null: all that its maker may do. */
  scope: TokenScope.nullable(),
})
export type Token = z.infer<typeof Token>

/** The value is in this one reply and nowhere else: the database holds its hash. */
export const NewToken = Token.extend({ value: z.string() })
export type NewToken = z.infer<typeof NewToken>
