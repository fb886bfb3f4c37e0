import { eventChannel } from '#worker/contract'
import type { Scope } from '../access/tenant-scope'
import { isLive } from '../billing/subscription'
import { AppError } from '../errors/app-error'
import { requireTyped } from './confirmed'
import { getTenant } from './get-tenant'

/**
 * Closes a tenant at once: nobody enters it any more, by no session, token, invitation or webhook. A worker then takes all
 * of it away (temporal-worker/dispatch/erase-tenant.ts); the audit log and the tenant's row stay for the operator.
 */
export async function deleteTenant(scope: Scope, confirm: string): Promise<{ slug: string }> {
  const { tenantId, userId } = scope
  const { slug, name } = await getTenant(scope)
  requireTyped(confirm, slug, 'address')
  await refuseWhileItPays(scope)
  await scope.db.transact(async tx => {
    const { count } = await tx.tenant.updateMany({
      where: { id: tenantId, deletionRequestedAt: null },
      data: { deletionRequestedAt: new Date(), deletionRequestedBy: userId },
    })
    if (count === 0) throw new AppError('CONFLICT', 'This tenant is being deleted already')
    await tx.$queryRaw`SELECT append_audit('DELETE', 'TENANT', ${slug}, NULL, ${{ slug, name }}::jsonb, NULL)::text`
    // That all seats go with it is said by the entry above.
    await tx.$queryRaw`SELECT set_config('app.actor', '', true)`
    // Invitations first: whoever takes one at the same time has a membership before the next line, or none.
    await tx.invitation.deleteMany({ where: { tenantId } })
    await tx.membership.deleteMany({ where: { tenantId } })
    await tx.apiToken.deleteMany({ where: { tenantId } })
    await tx.$queryRaw`SELECT pg_notify(${eventChannel}, ${tenantId})::text`
  })
  return { slug }
}

/** What Stripe knows of a subscription would go, and Stripe would take the money for ever. */
async function refuseWhileItPays({ db, tenantId }: Scope): Promise<void> {
  const account = await db.billingAccount.findUnique({ where: { tenantId } })
  if (account === null || !isLive(account.status) || account.cancelsAt !== null) return
  throw new AppError('CONFLICT', 'This tenant has a subscription: end it on the page of plan and usage first')
}
