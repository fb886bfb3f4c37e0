import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { changeSeats, requireCover } from './change-seats'
import { listMembers } from './list-members'

/**
 * Ends a membership: roles and groups go with it, and the member's tokens of this tenant end at once. A service account
 * goes as a whole.
 */
export async function removeMember(scope: Scope, userId: string): Promise<{ userId: string }> {
  const { tenantId } = scope
  const [member] = await listMembers(scope, userId)
  if (member === undefined) throw new AppError('NOT_FOUND', 'There is no such member')
  if (userId !== scope.userId) await requireCover(scope, scope.db, member.bindings)
  await changeSeats(scope, async tx => {
    await tx.apiToken.updateMany({ where: { tenantId, userId, revokedAt: null }, data: { revokedAt: new Date() } })
    await tx.membership.delete({ where: { tenantId_userId: { tenantId, userId } } })
    await tx.user.deleteMany({ where: { id: userId, serviceOf: tenantId } })
  })
  return { userId }
}
