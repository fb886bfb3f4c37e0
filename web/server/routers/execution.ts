import { z } from 'zod'
import { ChangeReason } from '../executions/change-reason'
import { deleteExecution } from '../executions/delete-execution'
import { Execution, LogEntry, MetricEntry } from '../executions/execution'
import { FilePreview } from '../executions/file-preview'
import { forceRun } from '../executions/force-run'
import { getExecution } from '../executions/get-execution'
import { indexLogs, LogIndex } from '../executions/index-logs'
import { InputPreview } from '../executions/input-preview'
import { killExecution } from '../executions/kill-execution'
import { listExecutions } from '../executions/list-executions'
import { ListExecutions } from '../executions/list-executions-input'
import { listLogs } from '../executions/list-logs'
import { listMetrics } from '../executions/list-metrics'
import { pauseExecution } from '../executions/pause-execution'
import { playTask } from '../executions/play-task'
import { previewFile } from '../executions/preview-file'
import { previewInputs } from '../executions/preview-inputs'
import { QueuePlace, queuePlaces } from '../executions/queue-places'
import { Lineage, readLineage } from '../executions/read-lineage'
import { replayExecution } from '../executions/replay-execution'
import { restartExecution } from '../executions/restart-execution'
import { resumeExecution } from '../executions/resume-execution'
import { EndState, setExecutionState } from '../executions/set-execution-state'
import { setLabels } from '../executions/set-labels'
import { setTaskState, TaskState } from '../executions/set-task-state'
import { startExecution } from '../executions/start-execution'
import { StartOptions } from '../executions/start-options'
import { UnqueueState, unqueueExecution } from '../executions/unqueue-execution'
import { LineFilters } from '../logs/log-filters'
import {
  AnyJsonObject,
  ExecutionId,
  ExecutionRef,
  Flag,
  FlowRef,
  InTenant,
  integer,
  Label,
  parameter,
} from '../schemas'
import { router, tenantProcedure } from '../trpc'

const tags = ['Executions']
const Revision = StartOptions.shape.revision

export const executionRouter = router({
  start: tenantProcedure('FLOW:EXECUTE')
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

  play: tenantProcedure('FLOW:EXECUTE')
    .meta({
      openapi: {
        method: 'POST',
        path: '/{tenant}/executions/{namespace}/{id}/play',
        tags,
        summary: 'Run one task of a flow alone, with outputs that others would have given it',
      },
    })
    .input(
      FlowRef.extend({
        taskId: z.string().min(1).max(256),
        inputs: AnyJsonObject.default({}),
        outputs: z.record(z.string().max(256), AnyJsonObject).default({}),
      }),
    )
    .output(Execution)
    .mutation(({ ctx, input }) => playTask(ctx.scope, input)),

  previewInputs: tenantProcedure('FLOW:EXECUTE')
    .input(FlowRef.extend({ revision: Revision, inputs: AnyJsonObject.default({}) }))
    .output(z.array(InputPreview))
    .query(({ ctx, input }) => previewInputs(ctx.scope, input)),

  list: tenantProcedure('EXECUTION:READ')
    .meta({ openapi: { method: 'GET', path: '/{tenant}/executions/search', tags, summary: 'Search executions' } })
    .input(InTenant.extend(ListExecutions.shape))
    .output(z.object({ results: z.array(Execution), total: z.number().optional(), nextCursor: z.string().optional() }))
    .query(({ ctx, input }) => listExecutions(ctx.scope, input)),

  get: tenantProcedure('EXECUTION:READ')
    .meta({ openapi: { method: 'GET', path: '/{tenant}/executions/{id}', tags, summary: 'Read an execution' } })
    .input(ExecutionRef)
    .output(Execution)
    .query(({ ctx, input }) => getExecution(ctx.scope, input.id)),

  logs: tenantProcedure('LOG:READ')
    .meta({ openapi: { method: 'GET', path: '/{tenant}/logs/{id}', tags: ['Logs'], summary: 'Log of an execution' } })
    .input(
      ExecutionRef.extend({
        /** Position of the last line already seen. */
        after: z
          .string()
          .regex(/^\d{1,19}$/)
          .optional(),
        ...LineFilters.shape,
        limit: integer(1, 10_000).default(1000),
      }),
    )
    .output(z.array(LogEntry))
    .query(({ ctx, input }) => listLogs(ctx.scope, input)),

  logIndex: tenantProcedure('LOG:READ')
    .input(ExecutionRef.extend(LineFilters.shape))
    .output(LogIndex)
    .query(({ ctx, input }) => indexLogs(ctx.scope, input)),

  metrics: tenantProcedure('EXECUTION:READ')
    .meta({
      openapi: { method: 'GET', path: '/{tenant}/metrics/{id}', tags: ['Metrics'], summary: 'Metrics of an execution' },
    })
    .input(ExecutionRef.extend({ taskRunId: z.string().max(100).optional(), taskId: z.string().max(256).optional() }))
    .output(z.object({ results: z.array(MetricEntry), total: z.number() }))
    .query(({ ctx, input }) => listMetrics(ctx.scope, input)),

  lineage: tenantProcedure('EXECUTION:READ')
    .meta({
      openapi: {
        method: 'GET',
        path: '/{tenant}/executions/{id}/lineage',
        tags,
        summary: 'What led to an execution, and what it led to',
      },
    })
    .input(ExecutionRef)
    .output(Lineage)
    .query(({ ctx, input }) => readLineage(ctx.scope, input.id)),

  filePreview: tenantProcedure('EXECUTION:READ')
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

  kill: tenantProcedure('EXECUTION:UPDATE')
    .meta({
      openapi: { method: 'DELETE', path: '/{tenant}/executions/{id}/kill', tags, summary: 'Kill an execution' },
      successStatus: 202,
    })
    .input(ExecutionRef)
    .output(Execution)
    .mutation(({ ctx, input }) => killExecution(ctx.scope, input.id)),

  pause: tenantProcedure('EXECUTION:UPDATE')
    .meta({ openapi: { method: 'POST', path: '/{tenant}/executions/{id}/pause', tags, summary: 'Pause an execution' } })
    .input(ExecutionRef)
    .output(Execution)
    .mutation(({ ctx, input }) => pauseExecution(ctx.scope, input.id)),

  resume: tenantProcedure('EXECUTION:UPDATE')
    .meta({
      openapi: { method: 'POST', path: '/{tenant}/executions/{id}/resume', tags, summary: 'Resume a paused execution' },
    })
    .input(ExecutionRef.extend({ inputs: AnyJsonObject.default({}) }))
    .output(Execution)
    .mutation(({ ctx, input }) => resumeExecution(ctx.scope, input)),

  forceRun: tenantProcedure('EXECUTION:UPDATE')
    .meta({
      openapi: {
        method: 'POST',
        path: '/{tenant}/executions/{id}/force-run',
        tags,
        summary: 'Run an execution now that waits in a queue or for its date; resume a paused one',
      },
    })
    .input(ExecutionRef)
    .output(Execution)
    .mutation(({ ctx, input }) => forceRun(ctx.scope, input.id)),

  unqueue: tenantProcedure('EXECUTION:UPDATE')
    .meta({
      openapi: {
        method: 'POST',
        path: '/{tenant}/executions/{id}/unqueue',
        tags,
        summary: 'Take an execution out of the queue of its flow: to run, or to end',
      },
    })
    .input(ExecutionRef.extend({ state: UnqueueState.default('RUNNING') }))
    .output(Execution)
    .mutation(({ ctx, input }) => unqueueExecution(ctx.scope, input)),

  queue: tenantProcedure('EXECUTION:READ')
    .meta({
      openapi: {
        method: 'GET',
        path: '/{tenant}/executions/queue',
        tags,
        summary: 'Where executions stand in the queues of their flows',
      },
    })
    .input(
      InTenant.extend({ ids: parameter(z.union([z.array(ExecutionId).max(500), ExecutionId.transform(id => [id])])) }),
    )
    .output(z.array(QueuePlace))
    .query(({ ctx, input }) => queuePlaces(ctx.scope, input.ids)),

  restart: tenantProcedure('FLOW:EXECUTE')
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

  replay: tenantProcedure('FLOW:EXECUTE')
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

  setTaskState: tenantProcedure('EXECUTION:UPDATE')
    .meta({
      openapi: {
        method: 'POST',
        path: '/{tenant}/executions/{id}/state',
        tags,
        summary: 'Give a task run of an ended execution another state, and go on from there',
      },
    })
    .input(ExecutionRef.extend({ taskRunId: z.string().max(100), state: TaskState, reason: ChangeReason }))
    .output(Execution)
    .mutation(({ ctx, input }) => setTaskState(ctx.scope, input)),

  setState: tenantProcedure('EXECUTION:UPDATE')
    .meta({
      openapi: {
        method: 'POST',
        path: '/{tenant}/executions/{id}/change-status',
        tags,
        summary: 'Give an ended execution another state; nothing runs',
      },
    })
    .input(ExecutionRef.extend({ status: EndState, reason: ChangeReason }))
    .output(Execution)
    .mutation(({ ctx, input }) => setExecutionState(ctx.scope, input)),

  setLabels: tenantProcedure('EXECUTION:UPDATE')
    .meta({
      openapi: {
        method: 'POST',
        path: '/{tenant}/executions/{id}/labels',
        tags,
        summary: 'Give an ended execution other labels',
      },
      listBody: 'labels',
    })
    .input(ExecutionRef.extend({ labels: z.array(Label).max(50) }))
    .output(Execution)
    .mutation(({ ctx, input }) => setLabels(ctx.scope, input)),

  delete: tenantProcedure('EXECUTION:DELETE')
    .meta({
      openapi: { method: 'DELETE', path: '/{tenant}/executions/{id}', tags, summary: 'Delete a finished execution' },
      successStatus: 204,
    })
    .input(
      ExecutionRef.extend({
        deleteLogs: Flag.default(true),
        deleteMetrics: Flag.default(true),
        deleteStorage: Flag.default(true),
      }),
    )
    .output(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => deleteExecution(ctx.scope, input)),
})
