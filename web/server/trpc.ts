import { initTRPC } from '@trpc/server'
import superjson from 'superjson'
import type { OpenApiMeta } from 'trpc-to-openapi'
import { z } from 'zod'
import type { Permission } from './access/permissions'
import { openScope } from './access/tenant-scope'
import { noteAction } from './audit/note-action'
import { requirePrincipal, requireSession } from './auth/principal'
import type { Context } from './context'
import { formatError } from './errors/format-error'
import { toTrpcError } from './errors/to-trpc-error'
import { TenantSlug } from './schemas'

/**
 * `access` is read by the tests that loop over all procedures, too. `listBody` names the property that a JSON list, sent
 * as the body, stands for.
 */
export type Meta = OpenApiMeta<{
  access?: 'public' | 'signedIn' | Permission
  successStatus?: 202 | 204
  listBody?: string
}>

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

/** Of somebody signed in in a browser: what is about their account, and not for its tokens. */
export const sessionProcedure = signedInProcedure.use(({ ctx, next }) =>
  next({ ctx: { principal: requireSession(ctx.principal) } }),
)

const NamedNamespace = z.object({ namespace: z.string().optional() })

/**
 * Of a member of the tenant named in the input whose role has the permission; anyone else is told there is no such tenant.
 * What is changed in a namespace that the input names must be within reach; what is read is found within reach only.
 */
export function tenantProcedure(permission: Permission) {
  return t.procedure
    .meta({ access: permission })
    .use(withAppErrors)
    .input(z.object({ tenant: TenantSlug }))
    .use(async ({ ctx, input, path, type, getRawInput, next }) => {
      if (type !== 'mutation') return next({ ctx: { scope: await openScope(ctx, input.tenant, permission) } })
      const sent = await getRawInput()
      const named = NamedNamespace.safeParse(sent).data
      const scope = await openScope(ctx, input.tenant, permission, named?.namespace)
      const result = await next({ ctx: { scope } })
      if (result.ok) await noteAction(scope, { path, permission, input: sent, output: result.data })
      return result
    })
}
