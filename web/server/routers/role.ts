import { z } from 'zod'
import { createRole, deleteRole, listRoles, RoleRecord, RoleText, updateRole } from '../members/roles'
import { InTenant } from '../schemas'
import { router, tenantProcedure } from '../trpc'

const tags = ['Roles']
const OwnRole = InTenant.extend({ id: z.uuid() })

export const roleRouter = router({
  list: tenantProcedure('ROLE:READ')
    .meta({ openapi: { method: 'GET', path: '/{tenant}/roles', tags, summary: "Built-in roles and the tenant's own" } })
    .input(InTenant)
    .output(z.array(RoleRecord))
    .query(({ ctx }) => listRoles(ctx.scope)),

  create: tenantProcedure('ROLE:CREATE')
    .meta({ openapi: { method: 'POST', path: '/{tenant}/roles', tags, summary: 'Make a role' } })
    .input(InTenant.extend(RoleText.shape))
    .output(RoleRecord)
    .mutation(({ ctx, input: { tenant: _tenant, ...text } }) => createRole(ctx.scope, text)),

  update: tenantProcedure('ROLE:UPDATE')
    .meta({
      openapi: { method: 'PUT', path: '/{tenant}/roles/{id}', tags, summary: 'Change a role; it holds at once' },
    })
    .input(OwnRole.extend(RoleText.shape))
    .output(RoleRecord)
    .mutation(({ ctx, input: { tenant: _tenant, id, ...text } }) => updateRole(ctx.scope, id, text)),

  delete: tenantProcedure('ROLE:DELETE')
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/{tenant}/roles/{id}',
        tags,
        summary: 'Delete a role: nobody has it any more',
      },
      successStatus: 204,
    })
    .input(OwnRole)
    .output(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => deleteRole(ctx.scope, input.id)),
})
