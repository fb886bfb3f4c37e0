import { requiresVerifiedEmail } from '#infra/env'
import type { Access } from '../access/access'
import type { Context } from '../context'
import { webEnv } from '../env'
import { AppError } from '../errors/app-error'
import type { SessionUser } from './session'

/** Somebody in a browser. */
export type SessionPrincipal = { kind: 'session' } & SessionUser

/** Who asks. A token acts as its holder, in its own tenant alone, within its scope. */
export type Principal =
  | SessionPrincipal
  | { kind: 'token'; userId: string; tokenId: string; tenant: { id: string; slug: string }; access: Access }

export async function requirePrincipal(ctx: Context): Promise<Principal> {
  const principal = await ctx.principal()
  if (principal === null) throw new AppError('UNAUTHORIZED', 'Sign in, or send an API token as Authorization: Bearer')
  return principal
}

/** What is about the account itself is not for its tokens: one that leaked must not take the account over. */
export function requireSession(principal: Principal): SessionPrincipal {
  if (principal.kind === 'session') return principal
  throw new AppError('FORBIDDEN', 'This is done in the browser, signed in: an API token has no say in an account')
}

/** Where this installation wants proof of addresses, nobody enters a tenant before. Tokens made earlier go on. */
export function requireVerified(principal: Principal): void {
  if (principal.kind !== 'session' || principal.isVerified || !requiresVerifiedEmail(webEnv())) return
  throw new AppError(
    'FORBIDDEN',
    `Confirm your e-mail address first: open the link that was sent to ${principal.email}, or have it sent again on your account page`,
  )
}
