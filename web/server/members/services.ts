import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { createToken } from '../tokens/create-token'
import type { NewToken } from '../tokens/token'
import { NewBinding } from './binding'
import { changeSeats, columnsOfBinding, requireCover } from './change-seats'
import { listMembers } from './list-members'
import type { Member } from './member'

export const NewService = z.object({
  name: z.string().trim().min(1, 'a service account needs a name').max(100),
  bindings: z.array(NewBinding).max(20).default([]),
})

/** An account for a program: a member with roles and tokens, which nobody signs in with. */
export async function createService(scope: Scope, { name, bindings }: z.output<typeof NewService>): Promise<Member> {
  const { tenantId } = scope
  await requireCover(scope, scope.db, bindings)
  const userId = await changeSeats(scope, async tx => {
    const email = `service-${randomUUID()}@invalid`
    const user = await tx.user.create({ data: { email, name, passwordHash: '', serviceOf: tenantId } })
    await tx.membership.create({ data: { tenantId, userId: user.id } })
    const data = bindings.map(binding => ({ tenantId, userId: user.id, ...columnsOfBinding(binding) }))
    await tx.roleBinding.createMany({ data })
    return user.id
  })
  const [member] = await listMembers(scope, userId)
  return member as Member
}

type WantedToken = Parameters<typeof createToken>[1] & { userId: string }

/** A token of a service account; only whoever may do all that the account may can make one. */
export async function createServiceToken(scope: Scope, { userId, ...wanted }: WantedToken): Promise<NewToken> {
  const [member] = await listMembers(scope, userId)
  if (member === undefined || !member.isService) throw new AppError('NOT_FOUND', 'There is no such service account')
  await requireCover(scope, scope.db, member.bindings)
  for (const { id } of member.groups) await requireGroupCover(scope, id)
  return await createToken({ ...scope, userId }, wanted)
}

async function requireGroupCover(scope: Scope, groupId: string): Promise<void> {
  const { db, tenantId } = scope
  const rows = await db.roleBinding.findMany({ where: { tenantId, groupId } })
  const bindings = rows.map(({ builtIn, roleId, namespace }) =>
    NewBinding.parse({ role: builtIn ?? roleId, namespace }),
  )
  await requireCover(scope, db, bindings)
}
