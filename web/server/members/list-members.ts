import type { Scope } from '../access/tenant-scope'
import { bindingColumns, toBinding } from './binding'
import type { Member } from './member'

/** All members, those who came first in front; with `userId` that one alone. */
export async function listMembers({ db, tenantId }: Scope, userId?: string): Promise<Member[]> {
  const rows = await db.membership.findMany({
    where: { tenantId, ...(userId !== undefined && { userId }) },
    orderBy: { createdAt: 'asc' },
    select: {
      userId: true,
      createdAt: true,
      user: { select: { email: true, name: true, serviceOf: true } },
      bindings: { select: bindingColumns, orderBy: { createdAt: 'asc' } },
      groups: { select: { group: { select: { id: true, name: true } } } },
    },
  })
  return rows.map(({ userId, createdAt, user, bindings, groups }) => ({
    userId,
    email: user.serviceOf === null ? user.email : '',
    name: user.name,
    isService: user.serviceOf !== null,
    createdAt: createdAt.toISOString(),
    bindings: bindings.map(toBinding),
    groups: groups.map(({ group }) => group),
  }))
}
