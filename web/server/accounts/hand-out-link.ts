/** Where no mail can be sent, an owner hands a link to a member. */
import type { Scope } from '../access/tenant-scope'
import { appendAudit } from '../audit/note-denied'
import { type Principal, requireSession } from '../auth/principal'
import { AppError } from '../errors/app-error'
import { hasMail } from '../mail/send-mail'
import { createLink } from './account-link'
import { ownsAllOf } from './owns-all'
import { isResetWanted, type WantedLink } from './wanted-links'

/**
 * The path of a link for a member. Whoever has it can become that member: it is given to the owner of every tenant that
 * the member belongs to, and to nobody else.
 */
export async function handOutLink(
  scope: Scope,
  principal: Principal,
  { userId, purpose }: WantedLink,
): Promise<{ path: string }> {
  if (hasMail()) throw new AppError('CONFLICT', 'This installation sends such links by mail, to the member alone')
  const member = await findMember(scope, userId)
  requireSession(principal)
  if (userId === scope.userId)
    throw new AppError('FORBIDDEN', 'Nobody confirms themselves: the link is in the server’s log')
  if (!(await ownsAllOf(scope.userId, userId)))
    throw new AppError(
      'FORBIDDEN',
      'Only who owns each tenant of a member is shown their link; the operator finds it in the server’s log',
    )
  await requireWanted(member, purpose)
  await appendAudit(scope.wholeDb, {
    action: `COPY_${purpose}_LINK`,
    permission: 'MEMBER:UPDATE',
    target: member.email,
  })
  return { path: await createLink(member, purpose, scope.userId) }
}

async function findMember({ db, tenantId }: Scope, userId: string) {
  const found = await db.membership.findFirst({
    where: { tenantId, userId, user: { serviceOf: null } },
    select: { user: { select: { id: true, email: true, emailVerifiedAt: true } } },
  })
  if (found === null) throw new AppError('NOT_FOUND', 'There is no such member')
  return found.user
}

async function requireWanted(
  { id, email, emailVerifiedAt }: { id: string; email: string; emailVerifiedAt: Date | null },
  purpose: WantedLink['purpose'],
): Promise<void> {
  if (purpose === 'VERIFY' && emailVerifiedAt !== null) throw new AppError('CONFLICT', `${email} is confirmed already`)
  if (purpose === 'RESET' && !(await isResetWanted(id)))
    throw new AppError('CONFLICT', `${email} did not ask for a new password in the last hour`)
}
