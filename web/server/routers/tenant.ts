import { z } from 'zod'
import { NewTenantSlug } from '../accounts/account'
import { InTenant } from '../schemas'
import { createTenant } from '../tenants/create-tenant'
import { deleteTenant } from '../tenants/delete-tenant'
import { getTenant } from '../tenants/get-tenant'
import { renameTenant } from '../tenants/rename-tenant'
import { TenantName, TenantRecord } from '../tenants/tenant'
import { transferTenant } from '../tenants/transfer-tenant'
import { router, signedInProcedure, tenantProcedure } from '../trpc'

const tags = ['Tenant']

export const tenantRouter = router({
  create: signedInProcedure
    .input(z.object({ slug: NewTenantSlug, name: TenantName }))
    .output(z.object({ tenant: z.string() }))
    .mutation(({ ctx, input }) => createTenant(ctx.principal, input)),

  get: tenantProcedure('TENANT:READ')
    .meta({ openapi: { method: 'GET', path: '/{tenant}/settings', tags, summary: 'Name and plan of the tenant' } })
    .input(InTenant)
    .output(TenantRecord)
    .query(({ ctx }) => getTenant(ctx.scope)),

  rename: tenantProcedure('TENANT:UPDATE')
    .meta({ openapi: { method: 'PUT', path: '/{tenant}/settings', tags, summary: 'Rename the tenant' } })
    .input(InTenant.extend({ name: TenantName }))
    .output(TenantRecord)
    .mutation(({ ctx, input }) => renameTenant(ctx.scope, input.name)),

  transfer: tenantProcedure('TENANT:DELETE')
    .meta({
      openapi: { method: 'POST', path: '/{tenant}/settings/owner', tags, summary: 'Hand the tenant over to a member' },
    })
    .input(InTenant.extend({ userId: z.uuid(), confirm: z.string().max(200).meta({ description: 'Its name' }) }))
    .output(z.object({ userId: z.string() }))
    .mutation(({ ctx, input }) => transferTenant(ctx.scope, input)),

  delete: tenantProcedure('TENANT:DELETE')
    .meta({
      openapi: { method: 'POST', path: '/{tenant}/settings/delete', tags, summary: 'Delete the tenant with all of it' },
    })
    .input(InTenant.extend({ confirm: z.string().max(200).meta({ description: 'Its slug' }) }))
    .output(z.object({ slug: z.string() }))
    .mutation(({ ctx, input }) => deleteTenant(ctx.scope, input.confirm)),
})
