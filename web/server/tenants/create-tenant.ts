import { database } from '#db/client'
import { type Principal, requireSession, requireVerified } from '../auth/principal'
import { createSharedLimit, takeOrRefuse } from '../auth/shared-limit'
import { AppError } from '../errors/app-error'
import { isTaken } from '../errors/is-taken'
import { insertTenant } from './insert-tenant'

const perUser = createSharedLimit({ name: 'tenants of user', attempts: 10, windowMs: 60 * 60_000 })

/** Another tenant for somebody who is signed in; a token is of one tenant and makes none. */
export async function createTenant(
  principal: Principal,
  { slug, name }: { slug: string; name: string },
): Promise<{ tenant: string }> {
  const { userId } = requireSession(principal)
  requireVerified(principal)
  await takeOrRefuse(perUser, userId, 'That were many tenants')
  try {
    await database().$transaction(tx => insertTenant(tx, { slug, name, userId }))
  } catch (error) {
    if (!isTaken(error)) throw error
    const message = 'This address is taken; choose another'
    throw new AppError('CONFLICT', message, [{ path: 'slug', message, code: 'TAKEN' }])
  }
  return { tenant: slug }
}
