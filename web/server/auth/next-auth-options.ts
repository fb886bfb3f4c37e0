import type { NextAuthOptions } from 'next-auth'
import CredentialsProvider from 'next-auth/providers/credentials'
import { checkPassword } from './check-password'
import { clientIp } from './client-ip'
import { createSession, deleteSession } from './session'
import { sessionIdOf, sessionToken } from './session-cookie'
import { authSettings } from './settings'

/** next-auth as a port: it does the forms and the cookie, our session rows say who is signed in. */
export function nextAuthOptions(): NextAuthOptions {
  const { secret, cookieName, isSecure, sessionMaxAgeS } = authSettings()
  return {
    secret,
    useSecureCookies: isSecure,
    session: { strategy: 'jwt', maxAge: sessionMaxAgeS },
    pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
    cookies: {
      sessionToken: { name: cookieName, options: { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure } },
    },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        async authorize(credentials, request) {
          const user = await checkPassword({
            email: credentials?.email ?? '',
            password: credentials?.password ?? '',
            clientIp: clientIp(new Headers(request.headers)),
          })
          return user && { id: (await createSession(user.id)).id }
        },
      }),
    ],
    callbacks: {
      // `user` is there right after signing in, with the session's id for its own.
      jwt: async ({ token, user }) => (user ? sessionToken(user.id) : token),
      // The row is asked on each request of ours; next-auth's own session endpoint tells nothing.
      session: async ({ session }) => ({ expires: session.expires }),
    },
    events: {
      async signOut({ token }) {
        const sessionId = sessionIdOf(token)
        if (sessionId !== null) await deleteSession(sessionId)
      },
    },
  }
}
