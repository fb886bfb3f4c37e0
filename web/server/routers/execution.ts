import { z } from 'zod'
import { deleteExecution } from '../executions/delete-execution'
import { Execution, LogEntry, MetricEntry } from '../executions/execution'
import { FilePreview } from '../executions/file-preview'
import { getExecution } from '../executions/get-execution'
import { killExecution } from '../executions/kill-execution'
import { listExecutions } from '../executions/list-executions'
import { ListExecutions } from '../executions/list-executions-input'
import { listLogs } from '../executions/list-logs'
import { listMetrics } from '../executions/list-metrics'
import { pauseExecution } from '../executions/pause-execution'
import { previewFile } from '../executions/preview-file'
import { replayExecution } from '../executions/replay-execution'
import { restartExecution } from '../executions/restart-execution'
import { resumeExecution } from '../executions/resume-execution'
import { startExecution } from '../executions/start-execution'
import { StartOptions } from '../executions/start-options'
import { AnyJsonObject, ExecutionRef, Flag, FlowRef, InTenant, integer } from '../schemas'
import { router, tenantProcedure } from '../trpc'

const tags = ['Executions']
const Revision = StartOptions.shape.revision
const LogLevel = z.enum(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'])

export const executionRouter = router({
  start: tenantProcedure('execution:create')
    .meta({
      openapi: {
        method: 'POST',
        path: '/{tenant}/executions/{namespace}/{id}',
        tags,
        contentTypes: ['application/json', 'multipart/form-data'],
        summary: 'Start an execution; with wait=true the reply is the finished one',
      },
    })
    .input(FlowRef.extend(StartOptions.shape).extend({ inputs: AnyJsonObject.default({}) }))
    .output(Execution)
    .mutation(({ ctx, input, signal }) => startExecution(ctx.scope, { ...input, signal })),

  list: tenantProcedure('execution:read')
    .meta({ openapi: { method: 'GET', path: '/{tenant}/executions/search', tags, summary: 'Search executions' } })
    .input(InTenant.extend(ListExecutions.shape))
    .output(z.object({ results: z.array(Execution), total: z.number(), nextCursor: z.string().optional() }))
    .query(({ ctx, input }) => listExecutions(ctx.scope, input)),

  get: tenantProcedure('execution:read')
    .meta({ openapi: { method: 'GET', path: '/{tenant}/executions/{id}', tags, summary: 'Read an execution' } })
    .input(ExecutionRef)
    .output(Execution)
    .query(({ ctx, input }) => getExecution(ctx.scope, input.id)),

  logs: tenantProcedure('execution:read')
    .meta({ openapi: { method: 'GET', path: '/{tenant}/logs/{id}', tags: ['Logs'], summary: 'Log of an execution' } })
    .input(
      ExecutionRef.extend({
        /** Position of the last line already seen. */
        after: z
          .string()
          .regex(/^\d{1,19}$/)
          .optional(),
        minLevel: LogLevel.optional(),
        taskRunId: z.string().max(100).optional(),
        taskId: z.string().max(256).optional(),
        limit: integer(1, 10_000).default(1000),
      }),
    )
    .output(z.array(LogEntry))
    .query(({ ctx, input }) => listLogs(ctx.scope, input)),

  metrics: tenantProcedure('execution:read')
    .meta({
      openapi: { method: 'GET', path: '/{tenant}/metrics/{id}', tags: ['Metrics'], summary: 'Metrics of an execution' },
    })
    .input(ExecutionRef.extend({ taskRunId: z.string().max(100).optional(), taskId: z.string().max(256).optional() }))
    .output(z.object({ results: z.array(MetricEntry), total: z.number() }))
    .query(({ ctx, input }) => listMetrics(ctx.scope, input)),

  filePreview: tenantProcedure('execution:read')
    .meta({
      openapi: {
        method: 'GET',
        path: '/{tenant}/executions/{id}/file/preview',
        tags,
        summary: 'First rows or lines of a file of an execution',
      },
    })
    .input(ExecutionRef.extend({ path: z.string().max(4000), maxRows: integer(1, 5000).default(100) }))
    .output(FilePreview)
    .query(({ ctx, input }) => previewFile(ctx.scope, input)),

  kill: tenantProcedure('execution:update')
    .meta({
      openapi: { method: 'DELETE', path: '/{tenant}/executions/{id}/kill', tags, summary: 'Kill an execution' },
      successStatus: 202,
    })
    .input(ExecutionRef)
    .output(Execution)
    .mutation(({ ctx, input }) => killExecution(ctx.scope, input.id)),

  pause: tenantProcedure('execution:update')
    .meta({ openapi: { method: 'POST', path: '/{tenant}/executions/{id}/pause', tags, summary: 'Pause an execution' } })
    .input(ExecutionRef)
    .output(Execution)
    .mutation(({ ctx, input }) => pauseExecution(ctx.scope, input.id)),

  resume: tenantProcedure('execution:update')
    .meta({
      openapi: { method: 'POST', path: '/{tenant}/executions/{id}/resume', tags, summary: 'Resume a paused execution' },
    })
    .input(ExecutionRef.extend({ inputs: AnyJsonObject.default({}) }))
    .output(Execution)
    .mutation(({ ctx, input }) => resumeExecution(ctx.scope, input)),

  restart: tenantProcedure('execution:create')
    .meta({
      openapi: {
        method: 'POST',
        path: '/{tenant}/executions/{id}/restart',
        tags,
        summary: 'Restart from where it failed',
      },
    })
    .input(ExecutionRef.extend({ revision: Revision }))
    .output(Execution)
    .mutation(({ ctx, input }) => restartExecution(ctx.scope, input)),

  replay: tenantProcedure('execution:create')
    .meta({
      openapi: {
        method: 'POST',
        path: '/{tenant}/executions/{id}/replay',
        tags,
        summary: 'Run again as a new execution',
      },
    })
    .input(
      ExecutionRef.extend({
        revision: Revision,
        taskRunId: z.string().max(100).optional(),
        inputs: AnyJsonObject.optional(),
      }),
    )
    .output(Execution)
    .mutation(({ ctx, input }) => replayExecution(ctx.scope, input)),

  delete: tenantProcedure('execution:delete')
    .meta({
      openapi: { method: 'DELETE', path: '/{tenant}/executions/{id}', tags, summary: 'Delete a finished execution' },
      successStatus: 204,
    })
    .input(ExecutionRef.extend({ deleteStorage: Flag.default(true) }))
    .output(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => deleteExecution(ctx.scope, input)),
})
