import { z } from 'zod'
import { InTenant } from '../schemas'
import { createToken } from '../tokens/create-token'
import { listTokens } from '../tokens/list-tokens'
import { revokeToken } from '../tokens/revoke-token'
import { NewToken, Token } from '../tokens/token'
import { router, tenantProcedure } from '../trpc'

export const tokenRouter = router({
  list: tenantProcedure('token:read')
    .input(InTenant)
    .output(z.array(Token))
    .query(({ ctx }) => listTokens(ctx.scope)),

  create: tenantProcedure('token:create')
    .input(
      InTenant.extend({
        name: z.string().trim().min(1).max(100),
        expiresInDays: z.number().int().min(1).max(3650).optional(),
      }),
    )
    .output(NewToken)
    .mutation(({ ctx, input }) => createToken(ctx.scope, input)),

  revoke: tenantProcedure('token:delete')
    .input(InTenant.extend({ id: z.uuid() }))
    .output(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => revokeToken(ctx.scope, input.id)),
})
