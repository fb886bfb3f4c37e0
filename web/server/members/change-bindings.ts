import type { Transaction } from '#db/tenant-db'
import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { isTaken } from '../errors/is-taken'
import { type Binding, bindingColumns, type NewBinding, toBinding } from './binding'
import { changeSeats, columnsOfBinding, requireCover } from './change-seats'

/** Who gets a role: a member, or a group of them. */
export type Holder = { userId: string } | { groupId: string }

/** Gives a member or a group one more role. */
export async function addBinding(scope: Scope, holder: Holder, wanted: NewBinding): Promise<Binding> {
  const { tenantId } = scope
  await requireCover(scope, scope.db, [wanted])
  return await changeSeats(scope, async tx => {
    await requireHolder(tx, tenantId, holder)
    const data = { tenantId, ...holder, ...columnsOfBinding(wanted) }
    return toBinding(await tx.roleBinding.create({ data, select: bindingColumns }))
  }).catch(error => {
    if (!isTaken(error)) throw error
    throw new AppError('CONFLICT', 'This role is given there already')
  })
}

/** Takes a role away. */
export async function removeBinding(scope: Scope, id: string): Promise<{ id: string }> {
  const { tenantId } = scope
  return await changeSeats(scope, async tx => {
    const found = await tx.roleBinding.findUnique({
      where: { tenantId_id: { tenantId, id } },
      select: bindingColumns,
    })
    if (found === null) throw new AppError('NOT_FOUND', 'There is no such role of a member')
    await requireCover(scope, tx, [toBinding(found)])
    await tx.roleBinding.delete({ where: { tenantId_id: { tenantId, id } } })
    return { id }
  })
}

async function requireHolder(tx: Transaction, tenantId: string, holder: Holder): Promise<void> {
  const count =
    'userId' in holder
      ? await tx.membership.count({ where: { tenantId, userId: holder.userId } })
      : await tx.memberGroup.count({ where: { tenantId, id: holder.groupId } })
  if (count === 0)
    throw new AppError('NOT_FOUND', 'userId' in holder ? 'There is no such member' : 'There is no such group')
}
