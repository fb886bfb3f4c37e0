import { initTRPC } from '@trpc/server'
import superjson from 'superjson'
import type { OpenApiMeta } from 'trpc-to-openapi'
import { z } from 'zod'
import { requirePrincipal } from './auth/principal'
import type { Context } from './context'
import { formatError } from './errors/format-error'
import { toTrpcError } from './errors/to-trpc-error'
import type { Permission } from './permissions'
import { TenantSlug } from './schemas'
import { openScope } from './tenant-scope'

/** `permission` and `access` are read by the tests that loop over all procedures. */
export type Meta = OpenApiMeta<{ access?: 'public' | 'signedIn' | Permission; successStatus?: 202 | 204 }>

const t = initTRPC.context<Context>().meta<Meta>().create({ transformer: superjson, errorFormatter: formatError })

export const router = t.router
export const createCallerFactory = t.createCallerFactory

/** Refusals become tRPC errors with their HTTP status; bugs are logged and read as INTERNAL. */
const withAppErrors = t.middleware(async ({ next }) => {
  const result = await next()
  if (!result.ok) throw toTrpcError(result.error)
  return result
})

/** The ladder: each rung adds one condition and what may be used once it holds. */
export const publicProcedure = t.procedure.meta({ access: 'public' }).use(withAppErrors)

export const signedInProcedure = t.procedure
  .meta({ access: 'signedIn' })
  .use(withAppErrors)
  .use(async ({ ctx, next }) => next({ ctx: { principal: await requirePrincipal(ctx) } }))

/** Of a member of the tenant named in the input whose role has the permission; anyone else is told there is no such tenant. */
export function tenantProcedure(permission: Permission) {
  return t.procedure
    .meta({ access: permission })
    .use(withAppErrors)
    .input(z.object({ tenant: TenantSlug }))
    .use(async ({ ctx, input, next }) => next({ ctx: { scope: await openScope(ctx, input.tenant, permission) } }))
}
