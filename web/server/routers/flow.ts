import { z } from 'zod'
import { Filters } from '../filters'
import { createFlow } from '../flows/create-flow'
import { deleteFlow } from '../flows/delete-flow'
import { FlowCheck, FlowRecord, FlowRevisionRecord, FlowSummary } from '../flows/flow-record'
import { getFlow } from '../flows/get-flow'
import { listFlowRevisions } from '../flows/list-flow-revisions'
import { listFlows } from '../flows/list-flows'
import { FlowPresence, tellPresence } from '../flows/tell-presence'
import { updateFlow } from '../flows/update-flow'
import { validateFlows } from '../flows/validate-flows'
import { Flag, FlowRef, InTenant, integer, Namespace, Paging } from '../schemas'
import { router, tenantProcedure } from '../trpc'

const Source = z.string().meta({ description: "The flow's YAML text" })
const yaml = { contentTypes: ['application/x-yaml', 'application/json'], tags: ['Flows'] }

export const flowRouter = router({
  list: tenantProcedure('FLOW:READ')
    .meta({ openapi: { method: 'GET', path: '/{tenant}/flows/search', tags: ['Flows'], summary: 'Search flows' } })
    .input(
      InTenant.extend({
        q: z.string().max(200).optional(),
        namespace: Namespace.optional(),
        filters: Filters.optional(),
      }).extend(Paging.shape),
    )
    .output(z.object({ results: z.array(FlowSummary), total: z.number(), nextCursor: z.string().optional() }))
    .query(({ ctx, input }) => listFlows(ctx.scope, input)),

  get: tenantProcedure('FLOW:READ')
    .meta({
      openapi: { method: 'GET', path: '/{tenant}/flows/{namespace}/{id}', tags: ['Flows'], summary: 'Read a flow' },
    })
    .input(FlowRef.extend({ revision: integer(1, 1_000_000_000).optional(), source: Flag.default(true) }))
    .output(FlowRecord)
    .query(({ ctx, input }) => getFlow(ctx.scope, input)),

  revisions: tenantProcedure('FLOW:READ')
    .meta({
      openapi: {
        method: 'GET',
        path: '/{tenant}/flows/{namespace}/{id}/revisions',
        tags: ['Flows'],
        summary: 'All revisions of a flow, newest first',
      },
    })
    .input(FlowRef)
    .output(z.array(FlowRevisionRecord))
    .query(({ ctx, input }) => listFlowRevisions(ctx.scope, input)),

  validate: tenantProcedure('FLOW:READ')
    .meta({
      openapi: { method: 'POST', path: '/{tenant}/flows/validate', ...yaml, summary: 'Check flows; nothing is saved' },
    })
    .input(InTenant.extend({ source: Source }))
    .output(z.array(FlowCheck))
    .mutation(({ ctx, input }) => validateFlows(ctx.scope, input.source)),

  create: tenantProcedure('FLOW:CREATE')
    .meta({ openapi: { method: 'POST', path: '/{tenant}/flows', ...yaml, summary: 'Create a flow from its YAML' } })
    .input(InTenant.extend({ source: Source }))
    .output(FlowRecord)
    .mutation(({ ctx, input }) => createFlow(ctx.scope, input.source)),

  update: tenantProcedure('FLOW:UPDATE')
    .meta({
      openapi: {
        method: 'PUT',
        path: '/{tenant}/flows/{namespace}/{id}',
        ...yaml,
        summary: 'Save a new revision; the same text keeps its revision',
      },
    })
    .input(FlowRef.extend({ source: Source, expectedRevision: integer(1, 1_000_000_000).optional() }))
    .output(FlowRecord)
    .mutation(({ ctx, input }) => updateFlow(ctx.scope, input)),

  presence: tenantProcedure('FLOW:UPDATE')
    .meta({
      openapi: {
        method: 'POST',
        path: '/{tenant}/flows/{namespace}/{id}/presence',
        tags: ['Flows'],
        summary: 'Tell that a page edits a flow; answers who else does, and the newest revision',
      },
    })
    .input(FlowRef.extend({ page: z.uuid(), isEditing: z.boolean() }))
    .output(FlowPresence)
    .mutation(({ ctx, input }) => tellPresence(ctx.scope, input)),

  delete: tenantProcedure('FLOW:DELETE')
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/{tenant}/flows/{namespace}/{id}',
        tags: ['Flows'],
        summary: 'Delete a flow',
      },
      successStatus: 204,
    })
    .input(FlowRef)
    .output(z.object({ namespace: z.string(), id: z.string() }))
    .mutation(({ ctx, input }) => deleteFlow(ctx.scope, input)),
})
