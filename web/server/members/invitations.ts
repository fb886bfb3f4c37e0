import { z } from 'zod'
import { createToken as createValue, hashToken } from '#db/credentials'
import { invitationDb, tenantDb } from '#db/tenant-db'
import { requireMemberRoom } from '#db/usage/member-room'
import type { Scope } from '../access/tenant-scope'
import { Email } from '../accounts/account'
import { AppError } from '../errors/app-error'
import { Timestamp } from '../schemas'
import { NewBinding } from './binding'
import { columnsOfBinding, requireCover } from './change-seats'

const dayMs = 86_400_000

export const NewInvitation = z.object({
  /** Only an account with this address may take it, where one is named. */
  email: Email.optional(),
  bindings: z.array(NewBinding).min(1, 'an invitation gives a role').max(20),
  expiresInDays: z.number().int().min(1).max(30).default(7),
})

export const Invitation = z.object({
  id: z.string(),
  email: z.string().nullable(),
  bindings: z.array(NewBinding),
  createdAt: Timestamp,
  expiresAt: Timestamp,
})
export type Invitation = z.infer<typeof Invitation>

/** The value is part of the link, in this reply alone. */
export const CreatedInvitation = Invitation.extend({ value: z.string() })

const columns = { id: true, email: true, bindings: true, createdAt: true, expiresAt: true } as const

/** Those that can still be taken, newest first. */
export async function listInvitations({ db, tenantId }: Scope): Promise<Invitation[]> {
  const where = { tenantId, usedAt: null, expiresAt: { gt: new Date() } }
  return (await db.invitation.findMany({ where, select: columns, orderBy: { createdAt: 'desc' } })).map(toInvitation)
}

/** A link that makes its bearer a member with these roles, once, until it expires. */
export async function createInvitation(scope: Scope, wanted: z.output<typeof NewInvitation>) {
  const { db, tenantId, userId: createdBy } = scope
  const { email, bindings, expiresInDays } = wanted
  await requireCover(scope, db, bindings)
  await db.transact(tx => requireMemberRoom(tx, tenantId))
  const { token: value, hash } = createValue()
  const expiresAt = new Date(Date.now() + expiresInDays * dayMs)
  const data = { tenantId, email: email ?? null, hash, bindings, createdBy, expiresAt }
  return { ...toInvitation(await db.invitation.create({ data, select: columns })), value }
}

/** The link ends at once. */
export async function revokeInvitation({ db, tenantId }: Scope, id: string): Promise<{ id: string }> {
  const { count } = await db.invitation.deleteMany({ where: { tenantId, id, usedAt: null } })
  if (count === 0) throw new AppError('NOT_FOUND', 'There is no such invitation')
  return { id }
}

export const OpenInvitation = z.object({ tenant: z.string(), tenantName: z.string(), email: z.string().nullable() })

/** What the bearer of a link may know before they take it; a link that is unknown, used or expired reads the same. */
export async function readInvitation(value: string): Promise<z.infer<typeof OpenInvitation>> {
  const { tenant, email } = await findOpen(value)
  return { tenant: tenant.slug, tenantName: tenant.name, email }
}

/** Makes the sender a member. Of two who take the same link at once, one is told that it is used. */
export async function acceptInvitation(
  value: string,
  account: { userId: string; email: string },
): Promise<{ tenant: string }> {
  const { id, tenantId, tenant, email, bindings } = await findOpen(value)
  if (email !== null && email !== account.email)
    throw new AppError('FORBIDDEN', `This invitation is for ${email}: sign in with that account`)
  const { userId } = account
  const actor = JSON.stringify({ userId, name: account.email, via: 'session', ip: 'by invitation' })
  await tenantDb(tenantId, undefined, { actor }).transact(async tx => {
    const where = { tenantId, id, usedAt: null, expiresAt: { gt: new Date() } }
    const { count } = await tx.invitation.updateMany({ where, data: { usedAt: new Date(), usedBy: userId } })
    if (count === 0) throw gone()
    if ((await tx.membership.count({ where: { tenantId, userId } })) === 0) await requireMemberRoom(tx, tenantId)
    await tx.membership.createMany({ data: { tenantId, userId }, skipDuplicates: true })
    const wanted = z.array(NewBinding).parse(bindings)
    const data = wanted.map(binding => ({ tenantId, userId, ...columnsOfBinding(binding) }))
    await tx.roleBinding.createMany({ data, skipDuplicates: true })
  })
  return { tenant: tenant.slug }
}

async function findOpen(value: string) {
  const hash = hashToken(value)
  const found = await invitationDb(hash).invitation.findFirst({
    where: { hash, usedAt: null, expiresAt: { gt: new Date() } },
    select: { ...columns, tenantId: true, tenant: { select: { slug: true, name: true } } },
  })
  if (found === null) throw gone()
  return found
}

function gone(): AppError {
  return new AppError('NOT_FOUND', 'This invitation is unknown, used or expired: ask for a new one')
}

type Row = { id: string; email: string | null; bindings: unknown; createdAt: Date; expiresAt: Date }

function toInvitation({ id, email, bindings, createdAt, expiresAt }: Row): Invitation {
  return {
    id,
    email,
    bindings: z.array(NewBinding).parse(bindings),
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }
}
