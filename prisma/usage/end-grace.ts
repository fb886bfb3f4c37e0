import type { ScopedDb } from '../tenant-db'

const actor = JSON.stringify({ userId: 'millrace', name: 'Millrace', via: 'system', ip: '' })

/** Puts a tenant on FREE whose subscription has ended, once the time to renew it is over; whether it did. */
export async function endGrace(db: ScopedDb, tenantId: string, now = new Date()): Promise<boolean> {
  return db.transact(async tx => {
    const where = { tenantId, graceUntil: { lte: now } }
    const { count } = await tx.billingAccount.updateMany({ where, data: { graceUntil: null } })
    if (count === 0) return false
    await tx.$executeRaw`select set_config('app.actor', ${actor}, true)`
    await tx.tenant.updateMany({ where: { id: tenantId, plan: { not: 'FREE' } }, data: { plan: 'FREE' } })
    return true
  })
}
