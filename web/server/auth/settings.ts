import { z } from 'zod'

/** A number of seconds from the environment. */
const seconds = (fallback: number) => z.coerce.number().int().positive().default(fallback)
const dayS = 86_400

const AuthEnvironment = z.object({
  MILLRACE_SECRET: z.string().min(16),
  /** Where browsers reach us; https makes cookies secure. */
  MILLRACE_URL: z.url().optional(),
  MILLRACE_SESSION_MAX_AGE_SECONDS: seconds(30 * dayS),
  MILLRACE_SESSION_IDLE_SECONDS: seconds(7 * dayS),
})

export type AuthSettings = {
  secret: string
  cookieName: string
  isSecure: boolean
  sessionMaxAgeS: number
  sessionIdleS: number
}

let settings: AuthSettings | undefined

/** Read once: sessions made by one setting must be found by the same. */
export function authSettings(): AuthSettings {
  settings ??= readSettings(process.env)
  return settings
}

function readSettings(environment: NodeJS.ProcessEnv): AuthSettings {
  const env = AuthEnvironment.parse(environment)
  const isSecure = env.MILLRACE_URL?.startsWith('https:') ?? false
  return {
    secret: env.MILLRACE_SECRET,
    // The prefix makes browsers refuse the cookie from anything but this very host over https.
    cookieName: isSecure ? '__Host-millrace-session' : 'millrace-session',
    isSecure,
    sessionMaxAgeS: env.MILLRACE_SESSION_MAX_AGE_SECONDS,
    sessionIdleS: env.MILLRACE_SESSION_IDLE_SECONDS,
  }
}
