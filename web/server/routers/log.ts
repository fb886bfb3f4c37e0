import { LogPage, SearchLogs, searchLogs } from '../logs/search-logs'
import { router, tenantProcedure } from '../trpc'

export const logRouter = router({
  list: tenantProcedure('LOG:READ')
    .meta({
      openapi: {
        method: 'GET',
        path: '/{tenant}/logs/search',
        tags: ['Logs'],
        summary: 'Log lines of all executions, the newest first',
      },
    })
    .input(SearchLogs)
    .output(LogPage)
    .query(({ ctx, input }) => searchLogs(ctx.scope, input)),
})
