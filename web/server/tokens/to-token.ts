import { TokenScope } from '../access/access'
import type { Token } from './token'

/** The columns a reply may hold: never the hash. */
export const tokenColumns = {
  id: true,
  name: true,
  lastFour: true,
  createdAt: true,
  expiresAt: true,
  lastUsedAt: true,
  scope: true,
} as const

type TokenRow = {
  id: string
  name: string
  lastFour: string
  createdAt: Date
  expiresAt: Date | null
  lastUsedAt: Date | null
  scope: unknown
}

export function toToken(row: TokenRow): Token {
  return {
    id: row.id,
    name: row.name,
    lastFour: row.lastFour,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    scope: TokenScope.nullable().parse(row.scope),
  }
}
