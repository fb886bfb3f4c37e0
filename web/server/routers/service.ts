import { z } from 'zod'
import { TokenScope } from '../access/access'
import { Member } from '../members/member'
import { createService, createServiceToken, NewService } from '../members/services'
import { InTenant } from '../schemas'
import { NewToken } from '../tokens/token'
import { router, tenantProcedure } from '../trpc'

const tags = ['Service accounts']

export const serviceRouter = router({
  create: tenantProcedure('MEMBER:CREATE')
    .meta({
      openapi: { method: 'POST', path: '/{tenant}/service-accounts', tags, summary: 'Make an account for a program' },
    })
    .input(InTenant.extend(NewService.shape))
    .output(Member)
    .mutation(({ ctx, input: { tenant: _tenant, ...wanted } }) => createService(ctx.scope, wanted)),

  createToken: tenantProcedure('MEMBER:UPDATE')
    .meta({
      openapi: {
        method: 'POST',
        path: '/{tenant}/service-accounts/{userId}/tokens',
        tags,
        summary: 'Make a token of a service account; its value is in this reply alone',
      },
    })
    .input(
      InTenant.extend({
        userId: z.uuid(),
        name: z.string().trim().min(1).max(100),
        expiresInDays: z.number().int().min(1).max(3650).optional(),
        scope: TokenScope.optional(),
      }),
    )
    .output(NewToken)
    .mutation(({ ctx, input: { tenant: _tenant, ...wanted } }) => createServiceToken(ctx.scope, wanted)),
})
