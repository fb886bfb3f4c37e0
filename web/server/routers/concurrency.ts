import { z } from 'zod'
import { ConcurrencyLimit } from '../concurrency/concurrency-limit'
import { getLimit, listLimits } from '../concurrency/list-limits'
import { FlowId, InTenant, integer, Namespace } from '../schemas'
import { router, tenantProcedure } from '../trpc'

const tags = ['Flows']

export const concurrencyRouter = router({
  list: tenantProcedure('FLOW:READ')
    .meta({
      openapi: {
        method: 'GET',
        path: '/{tenant}/concurrency-limit/search',
        tags,
        summary: 'Flows with a concurrency limit: how many of their executions run and wait',
      },
    })
    .input(InTenant.extend({ page: integer(1, 10_000).optional(), size: integer(1, 500).optional() }))
    .output(z.object({ results: z.array(ConcurrencyLimit), total: z.number() }))
    .query(({ ctx, input }) => listLimits(ctx.scope, input)),

  get: tenantProcedure('FLOW:READ')
    .meta({
      openapi: {
        method: 'GET',
        path: '/{tenant}/concurrency-limit/{namespace}/{flowId}',
        tags,
        summary: 'The concurrency limit of a flow: how many of its executions run and wait',
      },
    })
    .input(InTenant.extend({ namespace: Namespace, flowId: FlowId }))
    .output(ConcurrencyLimit)
    .query(({ ctx, input }) => getLimit(ctx.scope, { namespace: input.namespace, id: input.flowId })),
})
