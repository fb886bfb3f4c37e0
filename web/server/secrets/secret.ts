import { z } from 'zod'
import { InTenant, NamespaceId, Timestamp } from '../schemas'

export const SecretKey = z
  .string()
  .min(1)
  .max(256)
  .regex(/^[a-zA-Z0-9_][a-zA-Z0-9._-]*$/, 'a key has letters, digits, . _ - only')

/** Keys and certificates are larger than passwords, and nothing is larger than these. */
export const SecretValue = z
  .string()
  .min(1, 'a secret has a value')
  .max(64 * 1024, 'a secret has 64 KiB at most')

export const InNamespace = InTenant.extend({ namespace: NamespaceId })
export const SecretRef = InNamespace.extend({ key: SecretKey })

/** All that is told of a secret: there is no way to read its value. */
export const Secret = z.object({
  namespace: z.string(),
  key: z.string(),
  description: z.string(),
  version: z.number(),
  updated: Timestamp.meta({ description: 'When this version was set' }),
})
export type Secret = z.infer<typeof Secret>
