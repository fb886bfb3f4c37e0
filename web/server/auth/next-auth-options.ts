import type { NextAuthOptions } from 'next-auth'
import CredentialsProvider from 'next-auth/providers/credentials'
import { log } from '../log'
import { clientIp } from './client-ip'
import { Claims, oidcProviders } from './oidc/provider'
import { signInWithIdentity } from './oidc/sign-in-with-identity'
import { type Device, deleteSession, findSession } from './session'
import { readSessionId, sessionIdOf, sessionToken } from './session-cookie'
import { authSettings } from './settings'
import { signInWithPassword } from './sign-in-with-password'

/**
 * next-auth as a port: it does the forms, the talk with the issuer and the cookie; our session rows say who is signed in.
 * Made for each request, as its address, its browser and who is signed in there matter.
 */
export function nextAuthOptions(headers: Headers): NextAuthOptions {
  const { secret, cookieName, isSecure, sessionMaxAgeS } = authSettings()
  const device = { clientIp: clientIp(headers), userAgent: headers.get('user-agent') ?? '' }
  /** What the issuer's word came to in this request. */
  let sessionId: string | undefined
  return {
    secret,
    useSecureCookies: isSecure,
    session: { strategy: 'jwt', maxAge: sessionMaxAgeS },
    pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
    cookies: {
      sessionToken: { name: cookieName, options: { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure } },
    },
    logger: {
      error: (code, metadata) =>
        log.error({ err: metadata instanceof Error ? metadata : metadata.error, code }, 'next-auth'),
      warn: code => log.warn({ code }, 'next-auth'),
      debug: () => {},
    },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: 'email' }, password: { type: 'password' }, code: { type: 'text' } },
        authorize: credentials => signInWithPassword({ email: '', password: '', ...credentials }, device),
      }),
      ...oidcProviders(),
    ],
    callbacks: {
      async signIn({ account, profile }) {
        if (account?.provider !== 'oidc') return true
        const outcome = await signInAtIssuer(profile, headers, device)
        if ('problem' in outcome) return `/sign-in?error=${outcome.problem}`
        sessionId = outcome.sessionId
        return true
      },
      // `user` is there right after signing in; of a password it has the session's id for its own.
      jwt: async ({ token, user }) => (user ? sessionToken(sessionId ?? user.id) : token),
      // The row is asked on each request of ours; next-auth's own session endpoint tells nothing.
      session: async ({ session }) => ({ expires: session.expires }),
    },
    events: {
      async signOut({ token }) {
        const ended = sessionIdOf(token)
        if (ended !== null) await deleteSession(ended)
      },
    },
  }
}

async function signInAtIssuer(profile: unknown, headers: Headers, device: Device) {
  try {
    const currentId = await readSessionId(headers.get('cookie'))
    const session = currentId === null ? null : await findSession(currentId)
    return await signInWithIdentity(Claims.parse(profile), { session, device })
  } catch (error) {
    log.error({ err: error }, 'sign-in at the issuer failed')
    return { problem: 'Callback' }
  }
}
