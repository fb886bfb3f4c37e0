import { createHash } from 'node:crypto'
import { type Database, database } from '#db/client'
import { AppError } from '../errors/app-error'

/** A sliding window of attempts that all web processes count together. */
export type SharedLimit = {
  /** Counts an attempt; 0, or how many milliseconds until there is room for another one, this one not counted then. */
  take(key: string): Promise<number>
}

type Options = { name: string; attempts: number; windowMs: number; db?: () => Database }

/** @example createSharedLimit({ name: 'sign-up of an address', attempts: 20, windowMs: 60_000 }) */
export function createSharedLimit({ name, attempts, windowMs, db = database }: Options): SharedLimit {
  return {
    async take(key) {
      const hash = createHash('sha256')
        .update(JSON.stringify([name, key]))
        .digest('base64')
      const [row] = await db().$queryRaw<{ wait: number }[]>`
        select take_attempt(${hash}, ${attempts}::int, ${windowMs}::int) as wait`
      return row?.wait ?? 0
    },
  }
}

/**
 * Counts an attempt, and refuses it where there were too many.
 * @example await takeOrRefuse(perAddress, clientIp, 'Too many accounts were made from here')
 */
export async function takeOrRefuse(limit: SharedLimit, key: string, what: string): Promise<void> {
  const waitMs = await limit.take(key)
  if (waitMs === 0) return
  const minutes = Math.max(1, Math.ceil(waitMs / 60_000))
  throw new AppError('TOO_MANY_REQUESTS', `${what}; try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`)
}
