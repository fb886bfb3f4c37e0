/** One action on many executions: Kestra's by-ids and by-query. */
import { z } from 'zod'
import type { Permission } from '../access/permissions'
import type { Scope } from '../access/tenant-scope'
import { BulkResult } from '../executions/bulk/bulk-result'
import { runOnIds, runOnQuery } from '../executions/bulk/run-bulk'
import { ChangeReason } from '../executions/change-reason'
import { deleteExecution } from '../executions/delete-execution'
import { forceRun } from '../executions/force-run'
import { killExecution } from '../executions/kill-execution'
import { ListExecutions } from '../executions/list-executions-input'
import { pauseExecution } from '../executions/pause-execution'
import { replayExecution } from '../executions/replay-execution'
import { restartExecution } from '../executions/restart-execution'
import { resumeExecution } from '../executions/resume-execution'
import { EndState, setExecutionState } from '../executions/set-execution-state'
import { setLabels } from '../executions/set-labels'
import { UnqueueState, unqueueExecution } from '../executions/unqueue-execution'
import { ExecutionId, Flag, InTenant, integer, Label, parameter } from '../schemas'
import { router, tenantProcedure } from '../trpc'

/** One call handles so many; a filter that matches more goes on with a cursor. */
const maxIds = 1000
const maxMatches = 10_000

const Ids = parameter(z.array(ExecutionId).min(1).max(maxIds))
const ByIds = InTenant.extend({ ids: Ids })
const ByQuery = InTenant.extend(ListExecutions.shape).extend({
  limit: integer(1, maxMatches).default(maxMatches),
})

const tags = ['Executions']
type Act<O> = (scope: Scope, id: string, options: O) => Promise<unknown>
type Call<I> = { ctx: { scope: Scope }; input: I; signal: AbortSignal | undefined }

/** `path` as in Kestra's paths. */
function action(permission: Permission, path: string, { method = 'POST', listBody }: Options = {}) {
  const openapi = (end: string, summary: string) => {
    return { method, path: `/{tenant}/executions${path}/${end}` as const, tags, summary }
  }
  const procedure = tenantProcedure(permission)
  return {
    byIds: procedure
      .meta({ openapi: openapi('by-ids', 'For each execution named'), listBody: 'ids' })
      .input(ByIds)
      .output(BulkResult),
    byQuery: procedure
      .meta({ openapi: openapi('by-query', 'For each execution that matches'), listBody })
      .input(ByQuery)
      .output(BulkResult),
  }
}

type Options = { method?: 'POST' | 'DELETE'; listBody?: string }

function onIds<O>(act: Act<O>) {
  return ({ ctx, input, signal }: Call<O & { ids: string[] }>) =>
    runOnIds(input.ids, id => act(ctx.scope, id, input), signal)
}

function onQuery<O>(act: Act<O>) {
  return ({ ctx, input, signal }: Call<O & z.output<typeof ByQuery>>) =>
    runOnQuery(ctx.scope, input, id => act(ctx.scope, id, input), signal)
}

const Latest = z.object({ latestRevision: Flag.default(false) })
const Parts = z.object({
  deleteLogs: Flag.default(true),
  deleteMetrics: Flag.default(true),
  deleteStorage: Flag.default(true),
})
const NewStatus = z.object({ newStatus: EndState, reason: ChangeReason })
const NewLabels = z.object({ executionLabels: z.array(Label).min(1).max(50) })

const kill = action('EXECUTION:UPDATE', '/kill', { method: 'DELETE' })
const pause = action('EXECUTION:UPDATE', '/pause')
const resume = action('EXECUTION:UPDATE', '/resume')
const force = action('EXECUTION:UPDATE', '/force-run')
const unqueue = action('EXECUTION:UPDATE', '/unqueue')
const restart = action('FLOW:EXECUTE', '/restart')
const replay = action('FLOW:EXECUTE', '/replay')
const status = action('EXECUTION:UPDATE', '/change-status')
const label = action('EXECUTION:UPDATE', '/labels', { listBody: 'executionLabels' })
const remove = action('EXECUTION:DELETE', '', { method: 'DELETE' })

const pauseOne: Act<object> = (scope, id) => pauseExecution(scope, id)
const resumeOne: Act<object> = (scope, id) => resumeExecution(scope, { id, inputs: {} })
const forceOne: Act<object> = (scope, id) => forceRun(scope, id)
const killOne: Act<object> = (scope, id) => killExecution(scope, id)
const restartOne: Act<object> = (scope, id) => restartExecution(scope, { id })
const replayOne: Act<z.output<typeof Latest>> = (scope, id, { latestRevision }) =>
  replayExecution(scope, { id, latestRevision })
const statusOne: Act<z.output<typeof NewStatus>> = (scope, id, { newStatus, reason }) =>
  setExecutionState(scope, { id, status: newStatus, reason })
const labelOne: Act<z.output<typeof NewLabels>> = (scope, id, { executionLabels }) =>
  setLabels(scope, { id, labels: executionLabels, adds: true })
const removeOne: Act<z.output<typeof Parts>> = (scope, id, parts) => deleteExecution(scope, { id, ...parts })

export const bulkRouter = router({
  killByIds: kill.byIds.mutation(onIds(killOne)),
  killByQuery: kill.byQuery.mutation(onQuery(killOne)),
  pauseByIds: pause.byIds.mutation(onIds(pauseOne)),
  pauseByQuery: pause.byQuery.mutation(onQuery(pauseOne)),
  resumeByIds: resume.byIds.mutation(onIds(resumeOne)),
  resumeByQuery: resume.byQuery.mutation(onQuery(resumeOne)),
  forceRunByIds: force.byIds.mutation(onIds(forceOne)),
  forceRunByQuery: force.byQuery.mutation(onQuery(forceOne)),
  unqueueByIds: unqueue.byIds
    .input(z.object({ state: UnqueueState.default('RUNNING') }))
    .mutation(onIds((scope, id, { state }: { state: UnqueueState }) => unqueueExecution(scope, { id, state }))),
  // `state` is one of the filters there.
  unqueueByQuery: unqueue.byQuery
    .input(z.object({ newState: UnqueueState.default('RUNNING') }))
    .mutation(
      onQuery((scope, id, { newState }: { newState: UnqueueState }) =>
        unqueueExecution(scope, { id, state: newState }),
      ),
    ),
  restartByIds: restart.byIds.mutation(onIds(restartOne)),
  restartByQuery: restart.byQuery.mutation(onQuery(restartOne)),
  replayByIds: replay.byIds.input(Latest).mutation(onIds(replayOne)),
  replayByQuery: replay.byQuery.input(Latest).mutation(onQuery(replayOne)),
  setStateByIds: status.byIds.input(NewStatus).mutation(onIds(statusOne)),
  setStateByQuery: status.byQuery.input(NewStatus).mutation(onQuery(statusOne)),
  addLabelsByIds: tenantProcedure('EXECUTION:UPDATE')
    .meta({
      openapi: {
        method: 'POST',
        path: '/{tenant}/executions/labels/by-ids',
        tags,
        summary: 'For each execution named',
      },
    })
    .input(InTenant.extend({ executionsId: Ids, ...NewLabels.shape }))
    .output(BulkResult)
    .mutation(({ ctx, input, signal }) => runOnIds(input.executionsId, id => labelOne(ctx.scope, id, input), signal)),
  addLabelsByQuery: label.byQuery.input(NewLabels).mutation(onQuery(labelOne)),
  deleteByIds: remove.byIds.input(Parts).mutation(onIds(removeOne)),
  deleteByQuery: remove.byQuery.input(Parts).mutation(onQuery(removeOne)),
})
