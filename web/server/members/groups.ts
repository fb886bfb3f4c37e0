import { z } from 'zod'
import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { isTaken } from '../errors/is-taken'
import { Binding, bindingColumns, toBinding } from './binding'
import { changeSeats, requireCover } from './change-seats'

export const Group = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  bindings: z.array(Binding),
  members: z.array(z.object({ userId: z.string(), name: z.string(), email: z.string() })),
})
export type Group = z.infer<typeof Group>

export const GroupText = z.object({
  name: z.string().trim().min(1, 'a group needs a name').max(100),
  description: z.string().trim().max(1000).default(''),
})
type GroupText = z.output<typeof GroupText>

export async function listGroups({ db, tenantId }: Scope, id?: string): Promise<Group[]> {
  const rows = await db.memberGroup.findMany({
    where: { tenantId, ...(id !== undefined && { id }) },
    orderBy: { name: 'asc' },
    select: {
      id: true,
      name: true,
      description: true,
      bindings: { select: bindingColumns },
      members: { select: { membership: { select: { user: { select: { id: true, name: true, email: true } } } } } },
    },
  })
  return rows.map(({ bindings, members, ...group }) => ({
    ...group,
    bindings: bindings.map(toBinding),
    members: members.map(({ membership: { user } }) => ({ userId: user.id, name: user.name, email: user.email })),
  }))
}

async function findGroup(scope: Scope, id: string): Promise<Group> {
  const [group] = await listGroups(scope, id)
  if (group === undefined) throw new AppError('NOT_FOUND', 'There is no such group')
  return group
}

/** A group without members or roles. */
export async function createGroup(scope: Scope, text: GroupText): Promise<Group> {
  const { tenantId } = scope
  const row = await scope.db.memberGroup.create({ data: { tenantId, ...text } }).catch(explainTaken)
  return await findGroup(scope, row.id)
}

export async function updateGroup(scope: Scope, id: string, text: GroupText): Promise<Group> {
  const { db, tenantId } = scope
  const { count } = await db.memberGroup.updateMany({ where: { tenantId, id }, data: text }).catch(explainTaken)
  if (count === 0) throw new AppError('NOT_FOUND', 'There is no such group')
  return await findGroup(scope, id)
}

/** The group goes, and with it what its members could do by it alone. */
export async function deleteGroup(scope: Scope, id: string): Promise<{ id: string }> {
  const { tenantId } = scope
  await requireCover(scope, scope.db, (await findGroup(scope, id)).bindings)
  await changeSeats(scope, async tx => {
    // Before it, so that the audit log knows its name in their entries, too.
    await tx.groupMember.deleteMany({ where: { tenantId, groupId: id } })
    await tx.roleBinding.deleteMany({ where: { tenantId, groupId: id } })
    await tx.memberGroup.delete({ where: { tenantId_id: { tenantId, id } } })
  })
  return { id }
}

/** Takes a member in: they may do from now on what the group may. */
export async function addToGroup(scope: Scope, { id, userId }: { id: string; userId: string }): Promise<Group> {
  const { tenantId } = scope
  await requireCover(scope, scope.db, (await findGroup(scope, id)).bindings)
  await changeSeats(scope, async tx => {
    if ((await tx.membership.count({ where: { tenantId, userId } })) === 0)
      throw new AppError('NOT_FOUND', 'There is no such member')
    await tx.groupMember.createMany({ data: { tenantId, groupId: id, userId }, skipDuplicates: true })
  })
  return await findGroup(scope, id)
}

export async function removeFromGroup(scope: Scope, { id, userId }: { id: string; userId: string }): Promise<Group> {
  const { tenantId } = scope
  await requireCover(scope, scope.db, (await findGroup(scope, id)).bindings)
  await changeSeats(scope, tx => tx.groupMember.deleteMany({ where: { tenantId, groupId: id, userId } }))
  return await findGroup(scope, id)
}

function explainTaken(error: unknown): never {
  if (isTaken(error)) throw new AppError('CONFLICT', 'There is a group of this name already')
  throw error
}
