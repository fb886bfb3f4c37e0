import { z } from 'zod'
import { Binding, NewBinding } from '../members/binding'
import { addBinding } from '../members/change-bindings'
import {
  addToGroup,
  createGroup,
  deleteGroup,
  Group,
  GroupText,
  listGroups,
  removeFromGroup,
  updateGroup,
} from '../members/groups'
import { InTenant } from '../schemas'
import { router, tenantProcedure } from '../trpc'

const tags = ['Groups']
const GroupRef = InTenant.extend({ id: z.uuid() })
const MemberOfGroup = GroupRef.extend({ userId: z.uuid() })

export const groupRouter = router({
  list: tenantProcedure('MEMBER:READ')
    .meta({ openapi: { method: 'GET', path: '/{tenant}/groups', tags, summary: 'Groups, with members and roles' } })
    .input(InTenant)
    .output(z.array(Group))
    .query(({ ctx }) => listGroups(ctx.scope)),

  create: tenantProcedure('MEMBER:CREATE')
    .meta({ openapi: { method: 'POST', path: '/{tenant}/groups', tags, summary: 'Make a group' } })
    .input(InTenant.extend(GroupText.shape))
    .output(Group)
    .mutation(({ ctx, input: { name, description } }) => createGroup(ctx.scope, { name, description })),

  update: tenantProcedure('MEMBER:UPDATE')
    .meta({ openapi: { method: 'PUT', path: '/{tenant}/groups/{id}', tags, summary: 'Rename a group' } })
    .input(GroupRef.extend(GroupText.shape))
    .output(Group)
    .mutation(({ ctx, input: { id, name, description } }) => updateGroup(ctx.scope, id, { name, description })),

  delete: tenantProcedure('MEMBER:DELETE')
    .meta({
      openapi: { method: 'DELETE', path: '/{tenant}/groups/{id}', tags, summary: 'Delete a group; its members stay' },
      successStatus: 204,
    })
    .input(GroupRef)
    .output(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => deleteGroup(ctx.scope, input.id)),

  addMember: tenantProcedure('MEMBER:UPDATE')
    .meta({ openapi: { method: 'PUT', path: '/{tenant}/groups/{id}/members/{userId}', tags, summary: 'Take in' } })
    .input(MemberOfGroup)
    .output(Group)
    .mutation(({ ctx, input }) => addToGroup(ctx.scope, input)),

  removeMember: tenantProcedure('MEMBER:UPDATE')
    .meta({ openapi: { method: 'DELETE', path: '/{tenant}/groups/{id}/members/{userId}', tags, summary: 'Let go' } })
    .input(MemberOfGroup)
    .output(Group)
    .mutation(({ ctx, input }) => removeFromGroup(ctx.scope, input)),

  addRole: tenantProcedure('MEMBER:UPDATE')
    .meta({ openapi: { method: 'POST', path: '/{tenant}/groups/{id}/roles', tags, summary: 'Give a group a role' } })
    .input(GroupRef.extend({ binding: NewBinding }))
    .output(Binding)
    .mutation(({ ctx, input: { id, binding } }) => addBinding(ctx.scope, { groupId: id }, binding)),
})
