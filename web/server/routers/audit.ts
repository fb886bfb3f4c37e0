import { z } from 'zod'
import { AuditEntry, findAuditBreak, ListAudit, listAudit } from '../audit/list-audit'
import { InTenant } from '../schemas'
import { router, tenantProcedure } from '../trpc'

const tags = ['Audit']

export const auditRouter = router({
  list: tenantProcedure('AUDIT:READ')
    .meta({
      openapi: { method: 'GET', path: '/{tenant}/auditlogs/search', tags, summary: 'Who changed what, newest first' },
    })
    .input(ListAudit)
    .output(z.object({ results: z.array(AuditEntry) }))
    .query(async ({ ctx, input }) => ({ results: await listAudit(ctx.scope, input) })),

  verify: tenantProcedure('AUDIT:READ')
    .meta({
      openapi: {
        method: 'GET',
        path: '/{tenant}/auditlogs/verify',
        tags,
        summary: 'Where the chain of entries is broken, if it is',
      },
    })
    .input(InTenant)
    .output(z.object({ brokenAt: z.string().nullable() }))
    .query(async ({ ctx }) => ({ brokenAt: await findAuditBreak(ctx.scope) })),
})
