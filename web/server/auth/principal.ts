import type { Context } from '../context'
import { AppError } from '../errors/app-error'
import type { Role } from '../permissions'

/** Who asks. A token acts as its creator, in its own tenant alone. */
export type Principal =
  | { kind: 'session'; userId: string; sessionId: string; email: string; name: string }
  | { kind: 'token'; userId: string; tokenId: string; tenant: { id: string; slug: string }; role: Role }

export async function requirePrincipal(ctx: Context): Promise<Principal> {
  const principal = await ctx.principal()
  if (principal === null) throw new AppError('UNAUTHORIZED', 'Sign in, or send an API token as Authorization: Bearer')
  return principal
}
