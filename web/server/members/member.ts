import { z } from 'zod'
import { Timestamp } from '../schemas'
import { Binding } from './binding'

export const Member = z.object({
  userId: z.string(),
  email: z.string(),
  name: z.string(),
  /** A program's account: it has tokens and no password. */
  isService: z.boolean(),
  createdAt: Timestamp,
  bindings: z.array(Binding),
  groups: z.array(z.object({ id: z.string(), name: z.string() })),
})
export type Member = z.infer<typeof Member>
