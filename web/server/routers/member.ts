import { z } from 'zod'
import { PermissionName } from '../access/access'
import { handOutLink } from '../accounts/hand-out-link'
import { listWantedLinks, WantedLink } from '../accounts/wanted-links'
import { requirePrincipal } from '../auth/principal'
import { Binding, NewBinding } from '../members/binding'
import { addBinding, removeBinding } from '../members/change-bindings'
import { Explanation, explainAccess } from '../members/explain-access'
import { listMembers } from '../members/list-members'
import { Member } from '../members/member'
import { removeMember } from '../members/remove-member'
import { InTenant, NamespaceId } from '../schemas'
import { router, tenantProcedure } from '../trpc'

const tags = ['Members']
const MemberRef = InTenant.extend({ userId: z.uuid() })

export const memberRouter = router({
  list: tenantProcedure('MEMBER:READ')
    .meta({ openapi: { method: 'GET', path: '/{tenant}/members', tags, summary: 'Members, with roles and groups' } })
    .input(InTenant)
    .output(z.array(Member))
    .query(({ ctx }) => listMembers(ctx.scope)),

  remove: tenantProcedure('MEMBER:DELETE')
    .meta({
      openapi: { method: 'DELETE', path: '/{tenant}/members/{userId}', tags, summary: 'End a membership' },
      successStatus: 204,
    })
    .input(MemberRef)
    .output(z.object({ userId: z.string() }))
    .mutation(({ ctx, input }) => removeMember(ctx.scope, input.userId)),

  addRole: tenantProcedure('MEMBER:UPDATE')
    .meta({ openapi: { method: 'POST', path: '/{tenant}/members/{userId}/roles', tags, summary: 'Give a role' } })
    .input(MemberRef.extend({ binding: NewBinding }))
    .output(Binding)
    .mutation(({ ctx, input: { userId, binding } }) => addBinding(ctx.scope, { userId }, binding)),

  removeRole: tenantProcedure('MEMBER:UPDATE')
    .meta({
      openapi: { method: 'DELETE', path: '/{tenant}/bindings/{id}', tags, summary: 'Take a role away' },
      successStatus: 204,
    })
    .input(InTenant.extend({ id: z.uuid() }))
    .output(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => removeBinding(ctx.scope, input.id)),

  /** The links that the sender may hand over: in the browser alone, as whoever has one can become that member. */
  wantedLinks: tenantProcedure('MEMBER:UPDATE')
    .input(InTenant)
    .output(z.array(WantedLink))
    .query(({ ctx }) => listWantedLinks(ctx.scope)),

  copyLink: tenantProcedure('MEMBER:UPDATE')
    .input(InTenant.extend(WantedLink.shape).extend({ userId: z.uuid() }))
    .output(z.object({ path: z.string() }))
    .mutation(async ({ ctx, input }) => handOutLink(ctx.scope, await requirePrincipal(ctx), input)),

  explain: tenantProcedure('MEMBER:READ')
    .meta({
      openapi: {
        method: 'GET',
        path: '/{tenant}/members/{userId}/access',
        tags,
        summary: 'Why a member may or may not do a thing',
      },
    })
    .input(MemberRef.extend({ permission: PermissionName, namespace: NamespaceId.optional() }))
    .output(Explanation)
    .query(({ ctx, input }) => explainAccess(ctx.scope, input)),
})
