import { z } from 'zod'
import { Dashboard, ReadDashboard } from '../dashboards/dashboard'
import { listUpcoming, Upcoming } from '../dashboards/list-upcoming'
import { readDashboard } from '../dashboards/read-dashboard'
import { FlowId, InTenant, Namespace } from '../schemas'
import { router, tenantProcedure } from '../trpc'

const tags = ['Dashboards']

export const dashboardRouter = router({
  read: tenantProcedure('EXECUTION:READ')
    .meta({
      openapi: {
        method: 'GET',
        path: '/{tenant}/dashboards/executions',
        tags,
        summary: 'How executions of a range of time ended, by state, flow and duration; and what is open now',
      },
    })
    .input(ReadDashboard)
    .output(Dashboard)
    .query(({ ctx, input }) => readDashboard(ctx.scope, input)),

  upcoming: tenantProcedure('TRIGGER:READ')
    .meta({
      openapi: {
        method: 'GET',
        path: '/{tenant}/dashboards/upcoming',
        tags,
        summary: 'The schedules that are due next',
      },
    })
    .input(InTenant.extend({ namespace: Namespace.optional(), flowId: FlowId.optional() }))
    .output(z.array(Upcoming))
    .query(({ ctx, input }) => listUpcoming(ctx.scope, input)),
})
