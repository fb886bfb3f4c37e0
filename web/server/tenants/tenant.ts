import { z } from 'zod'
import { Timestamp } from '../schemas'

export const TenantName = z.string().trim().min(1, 'the team needs a name').max(100)

export const TenantRecord = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  plan: z.string(),
  createdAt: Timestamp,
})
export type TenantRecord = z.infer<typeof TenantRecord>
