import { webEnv } from '../env'

const dayS = 86_400

export type AuthSettings = {
  secret: string
  cookieName: string
  isSecure: boolean
  sessionMaxAgeS: number
  sessionIdleS: number
}

export function authSettings(): AuthSettings {
  const env = webEnv()
  const isSecure = env.MILLRACE_URL?.startsWith('https:') ?? false
  return {
    secret: env.MILLRACE_SECRET,
    // The prefix makes browsers refuse the cookie from anything but this very host over https.
    cookieName: isSecure ? '__Host-millrace-session' : 'millrace-session',
    isSecure,
    sessionMaxAgeS: Math.round(env.MILLRACE_SESSION_DAYS * dayS),
    sessionIdleS: Math.round(env.MILLRACE_SESSION_IDLE_DAYS * dayS),
  }
}
