import { z } from 'zod'
import { TokenScope } from '../access/access'
import { InTenant, NamespaceId } from '../schemas'
import { createToken } from '../tokens/create-token'
import { listTokens } from '../tokens/list-tokens'
import { revokeToken } from '../tokens/revoke-token'
import { NewToken, Token } from '../tokens/token'
import { router, tenantProcedure } from '../trpc'

const tags = ['Tokens']

export const tokenRouter = router({
  list: tenantProcedure('TOKEN:READ')
    .meta({ openapi: { method: 'GET', path: '/{tenant}/tokens', tags, summary: "One's own tokens that still work" } })
    .input(InTenant)
    .output(z.array(Token))
    .query(({ ctx }) => listTokens(ctx.scope)),

  create: tenantProcedure('TOKEN:CREATE')
    .meta({
      openapi: {
        method: 'POST',
        path: '/{tenant}/tokens',
        tags,
        summary: 'Make a token that acts as its maker, within its scope; its value is in this reply alone',
      },
    })
    .input(
      InTenant.extend({
        name: z.string().trim().min(1).max(100),
        expiresInDays: z.number().int().min(1).max(3650).optional(),
        scope: TokenScope.extend({ namespaces: z.array(NamespaceId).min(1).max(50).optional() }).optional(),
      }),
    )
    .output(NewToken)
    .mutation(({ ctx, input }) => createToken(ctx.scope, input)),

  revoke: tenantProcedure('TOKEN:DELETE')
    .meta({
      openapi: { method: 'DELETE', path: '/{tenant}/tokens/{id}', tags, summary: 'End a token at once' },
      successStatus: 204,
    })
    .input(InTenant.extend({ id: z.uuid() }))
    .output(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => revokeToken(ctx.scope, input.id)),
})
