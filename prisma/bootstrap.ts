import { type Database, database } from './client'
import { describeToken, hashPassword } from './credentials'
import type { PlanName } from './plans'
import { giveSeat } from './seats'

export type Bootstrap = {
  email: string
  password: string
  /** The slug, which is also the name. */
  tenant: string
  plan: PlanName
  /** The value of an API token of the first user. */
  token?: string
}

export type BootstrapResult = { userId: string; tenantId: string; slug: string }

/** Any number: two processes that start at once must not both find the database empty. */
const lockKey = 7_236_502

/** Creates the first user, tenant and API token when the database has no user yet; undefined when it has. */
export async function bootstrap(input: Bootstrap, db: Database = database()): Promise<BootstrapResult | undefined> {
  const passwordHash = await hashPassword(input.password)
  return db.$transaction(async tx => {
    await tx.$executeRaw`select pg_advisory_xact_lock(${lockKey})`
    if ((await tx.user.count()) > 0) return undefined
    const user = await tx.user.create({
      // The operator says whose address it is.
      data: { email: input.email.trim().toLowerCase(), passwordHash, emailVerifiedAt: new Date() },
    })
    const tenant = await tx.tenant.create({ data: { slug: input.tenant, name: input.tenant, plan: input.plan } })
    const owned = { tenantId: tenant.id, userId: user.id }
    await tx.$executeRaw`select set_config('app.tenant', ${tenant.id}, true)`
    await giveSeat(tx, owned, 'OWNER')
    if (input.token) {
      const { hash, lastFour } = describeToken(input.token)
      await tx.apiToken.create({ data: { ...owned, name: 'bootstrap', hash, lastFour } })
    }
    return { userId: user.id, tenantId: tenant.id, slug: tenant.slug }
  })
}
