import { createRateLimit, type RateLimit } from '../auth/rate-limit'
import { webEnv } from '../env'

let limit: RateLimit | undefined

/** How many calls of its webhooks each tenant makes, by its id. */
export function callsOfTenants(): RateLimit {
  limit ??= createRateLimit({ attempts: webEnv().MILLRACE_WEBHOOK_RATE, windowMs: 60_000 })
  return limit
}
