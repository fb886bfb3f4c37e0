import { z } from 'zod'
import { isWithin } from '../access/access'
import {
  isOfNamespaces,
  isPermission,
  isRole,
  ofEveryMember,
  type Permission,
  permissionsOf,
} from '../access/permissions'
import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { bindingColumns, toBinding } from './binding'

export const Explanation = z.object({
  isAllowed: z.boolean(),
  /** Why, in a sentence. */
  summary: z.string(),
  /** Each role of the member, and what it has to do with it. */
  roles: z.array(
    z.object({
      role: z.string(),
      namespace: z.string().nullable(),
      /** The group that it comes by. */
      group: z.string().nullable(),
      gives: z.boolean(),
      reason: z.string(),
    }),
  ),
})
export type Explanation = z.infer<typeof Explanation>

type Question = { userId: string; permission: Permission; namespace?: string | undefined }

/** Why a member may, or may not, do a thing in a namespace; without one, in the tenant as a whole. */
export async function explainAccess({ db, tenantId }: Scope, question: Question): Promise<Explanation> {
  const { userId, permission, namespace } = question
  const membership = await db.membership.findUnique({
    where: { tenantId_userId: { tenantId, userId } },
    select: {
      bindings: { select: { ...bindingColumns, role: { select: { name: true, permissions: true } } } },
      groups: {
        select: {
          group: {
            select: {
              name: true,
              bindings: { select: { ...bindingColumns, role: { select: { name: true, permissions: true } } } },
            },
          },
        },
      },
    },
  })
  if (membership === null) throw new AppError('NOT_FOUND', 'There is no such member')
  const bound = [
    ...membership.bindings.map(binding => ({ binding, group: null })),
    ...membership.groups.flatMap(({ group }) => group.bindings.map(binding => ({ binding, group: group.name }))),
  ]
  const roles = bound.map(({ binding, group }) => {
    const { role, roleName, namespace: at } = toBinding(binding)
    const has = isRole(role)
      ? permissionsOf[role].has(permission)
      : (binding.role?.permissions ?? []).filter(isPermission).includes(permission)
    return { role: roleName, namespace: at, group, ...judge({ has, at, permission, namespace }) }
  })
  const isOfEveryone = ofEveryMember.has(permission)
  const giving = roles.find(({ gives }) => gives)
  const place = namespace === undefined ? 'the whole tenant' : `the namespace ${namespace}`
  return {
    isAllowed: isOfEveryone || giving !== undefined,
    summary: isOfEveryone
      ? 'Every member may do this.'
      : giving !== undefined
        ? `Allowed in ${place}, by the role ${giving.role}${giving.group === null ? '' : ` of the group ${giving.group}`}.`
        : `Not allowed in ${place}: no role of this member allows ${permission} there.`,
    roles,
  }
}

function judge(given: { has: boolean; at: string | null; permission: Permission; namespace: string | undefined }): {
  gives: boolean
  reason: string
} {
  const { has, at, permission, namespace } = given
  if (!has) return { gives: false, reason: `it does not allow ${permission}` }
  if (at === null) return { gives: true, reason: 'it holds for the whole tenant' }
  if (!isOfNamespaces(permission)) return { gives: false, reason: 'this belongs to the tenant as a whole' }
  if (namespace === undefined) return { gives: false, reason: `it holds in ${at} only` }
  if (isWithin(namespace, at)) return { gives: true, reason: `${namespace} is in ${at}` }
  return { gives: false, reason: `${namespace} is not in ${at}` }
}
