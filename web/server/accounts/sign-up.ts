import { database } from '#db/client'
import { hashPassword } from '#db/credentials'
import { Prisma } from '#db/generated/client'
import { createRateLimit } from '../auth/rate-limit'
import { createSession, type SessionRow } from '../auth/session'
import { AppError } from '../errors/app-error'
import type { SignUp } from './account'

const perAddress = createRateLimit({ attempts: 20, windowMs: 60 * 60_000 })

/** Creates a user with a tenant of their own and signs them in: all of it or nothing. */
export async function signUp(options: {
  clientIp: string
  account: SignUp
}): Promise<{ session: SessionRow; tenantSlug: string }> {
  const { account, clientIp } = options
  if (!perAddress.take(clientIp))
    throw new AppError('TOO_MANY_REQUESTS', 'Too many accounts were made from here; try again in an hour')
  const passwordHash = await hashPassword(account.password)
  const userId = await createAccount(account, passwordHash)
  return { session: await createSession(userId), tenantSlug: account.tenantSlug }
}

async function createAccount(account: SignUp, passwordHash: string): Promise<string> {
  const { email, name, tenantSlug, tenantName } = account
  try {
    return await database().$transaction(async tx => {
      const user = await tx.user.create({ data: { email, name, passwordHash }, select: { id: true } })
      const tenant = await tx.tenant.create({ data: { slug: tenantSlug, name: tenantName }, select: { id: true } })
      await tx.$queryRaw`select set_config('app.tenant', ${tenant.id}, true)`
      await tx.membership.create({ data: { tenantId: tenant.id, userId: user.id, role: 'OWNER' } })
      return user.id
    })
  } catch (error) {
    throw takenError(error) ?? error
  }
}

/** Which of the two unique values was taken, said at its field. */
function takenError(error: unknown): AppError | null {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') return null
  const isSlug = JSON.stringify(error.meta ?? {}).includes('slug')
  const path = isSlug ? 'tenantSlug' : 'email'
  const message = isSlug
    ? 'This address is taken; choose another'
    : 'There is an account with this e-mail address; sign in instead'
  return new AppError('CONFLICT', message, [{ path, message, code: 'TAKEN' }])
}
