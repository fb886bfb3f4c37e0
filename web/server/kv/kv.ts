import { z } from 'zod'
import { AnyJson, InTenant, NamespaceId, Timestamp } from '../schemas'

/** As the tasks have it (temporal-worker/activities/kv-store.ts). */
export const KvKey = z
  .string()
  .min(1)
  .max(256)
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]*$/, 'a key has letters, digits, . _ - only')

export const kvTypes = ['STRING', 'NUMBER', 'BOOLEAN', 'DATETIME', 'DATE', 'DURATION', 'JSON'] as const
export const KvType = z.enum(kvTypes)
export type KvType = z.infer<typeof KvType>

export const InNamespace = InTenant.extend({ namespace: NamespaceId })
export const KvRef = InNamespace.extend({ key: KvKey })

export const KvSummary = z.object({
  namespace: z.string(),
  key: z.string(),
  type: z.string(),
  version: z.number(),
  updated: Timestamp,
  expires: Timestamp.nullable().meta({ description: 'When it goes by itself; null: never' }),
})
export type KvSummary = z.infer<typeof KvSummary>

export const KvEntry = KvSummary.extend({ value: AnyJson })
export type KvEntry = z.infer<typeof KvEntry>

type Row = {
  namespace: string
  key: string
  type: string
  version: number
  updatedAt: Date
  expiresAt: Date | null
}

export function toKvSummary({ namespace, key, type, version, updatedAt, expiresAt }: Row): KvSummary {
  return { namespace, key, type, version, updated: updatedAt.toISOString(), expires: expiresAt?.toISOString() ?? null }
}

/** The condition of entries that have not expired. */
export function isLive(now = new Date()) {
  return { OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] }
}
