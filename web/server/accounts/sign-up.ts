import { database } from '#db/client'
import { hashPassword } from '#db/credentials'
import { createSession, type Device, type SessionRow } from '../auth/session'
import { createSharedLimit, takeOrRefuse } from '../auth/shared-limit'
import { AppError } from '../errors/app-error'
import { isTaken } from '../errors/is-taken'
import { insertTenant } from '../tenants/insert-tenant'
import type { SignUp } from './account'
import { deliverLinkLater } from './deliver-link'
import { tourSteps } from './tour'

const hourMs = 60 * 60_000
const perAddress = createSharedLimit({ name: 'sign-up of address', attempts: 20, windowMs: hourMs })
const perAccount = createSharedLimit({ name: 'sign-up of account', attempts: 10, windowMs: hourMs })

/** Creates a user with a tenant of their own and signs them in: all of it or nothing. Their address is to be proven yet. */
export async function signUp(options: {
  device: Device
  account: SignUp
}): Promise<{ session: SessionRow; tenantSlug: string }> {
  const { account, device } = options
  await takeOrRefuse(perAddress, device.clientIp, 'Too many accounts were made from here')
  await takeOrRefuse(perAccount, account.email, 'There were too many tries with this e-mail address')
  const passwordHash = await hashPassword(account.password)
  const userId = await createAccount(account, passwordHash)
  deliverLinkLater({ id: userId, email: account.email }, 'VERIFY')
  return { session: await createSession(userId, device), tenantSlug: account.tenantSlug }
}

async function createAccount(account: SignUp, passwordHash: string): Promise<string> {
  const { email, name, tenantSlug, tenantName } = account
  try {
    return await database().$transaction(async tx => {
      const user = await tx.user.create({
        data: { email, name, passwordHash, tour: tourSteps[0] },
        select: { id: true },
      })
      await insertTenant(tx, { slug: tenantSlug, name: tenantName, userId: user.id })
      return user.id
    })
  } catch (error) {
    throw takenError(error) ?? error
  }
}

/** Which of the two unique values was taken, said at its field. */
function takenError(error: unknown): AppError | null {
  if (!isTaken(error)) return null
  const isSlug = JSON.stringify(error.meta ?? {}).includes('slug')
  const path = isSlug ? 'tenantSlug' : 'email'
  const message = isSlug
    ? 'This address is taken; choose another'
    : 'There is an account with this e-mail address; sign in instead'
  return new AppError('CONFLICT', message, [{ path, message, code: 'TAKEN' }])
}
