import { z } from 'zod'
import { Filters } from '../filters'
import { AnyJsonObject, Flag, FlowId, InTenant, LabelList, Namespace, Paging } from '../schemas'
import { cancelBackfill, pauseBackfill } from '../triggers/change-backfill'
import { estimateBackfill } from '../triggers/estimate-backfill'
import { forgetTrigger } from '../triggers/forget-trigger'
import { listTriggers, listTriggersOfFlow } from '../triggers/list-triggers'
import { BackfillEstimate, BackfillRange, TriggerRecord, TriggerRef } from '../triggers/trigger-record'
import { unlockTrigger } from '../triggers/unlock-trigger'
import { updateTrigger } from '../triggers/update-trigger'
import { router, tenantProcedure } from '../trpc'

const tags = ['Triggers']
const TriggerPage = z.object({ results: z.array(TriggerRecord), total: z.number(), nextCursor: z.string().optional() })

/** Kestra's clients send the whole trigger back; what only the worker may write is passed over. */
const ignored = {
  date: z.unknown(),
  nextExecutionDate: z.unknown(),
  executionId: z.unknown(),
  updatedDate: z.unknown(),
  evaluateRunningDate: z.unknown(),
  workerId: z.unknown(),
  stopAfter: z.unknown(),
  tenantId: z.unknown(),
  flowRevision: z.unknown(),
}
const SentTrigger = TriggerRef.extend({
  disabled: Flag.optional(),
  backfill: BackfillRange.extend({ inputs: AnyJsonObject.optional(), labels: LabelList.optional() }).nullish(),
  /** Asked for where a backfill starts many executions. */
  confirmed: Flag.optional(),
}).extend(z.object(ignored).partial().shape)

export const triggerRouter = router({
  list: tenantProcedure('TRIGGER:READ')
    .meta({ openapi: { method: 'GET', path: '/{tenant}/triggers/search', tags, summary: 'Search triggers' } })
    .input(
      InTenant.extend({
        q: z.string().max(200).optional(),
        namespace: Namespace.optional(),
        flowId: FlowId.optional(),
        kind: TriggerRecord.shape.kind.optional(),
        disabled: Flag.optional(),
        withError: Flag.optional(),
        withBackfill: Flag.optional(),
        filters: Filters.optional(),
      }).extend(Paging.shape),
    )
    .output(TriggerPage)
    .query(({ ctx, input }) => listTriggers(ctx.scope, input)),

  listOfFlow: tenantProcedure('TRIGGER:READ')
    .meta({
      openapi: {
        method: 'GET',
        path: '/{tenant}/triggers/{namespace}/{flowId}',
        tags,
        summary: 'The triggers of a flow',
      },
    })
    .input(InTenant.extend({ namespace: Namespace, flowId: FlowId }).extend(Paging.shape))
    .output(TriggerPage)
    .query(({ ctx, input }) => listTriggersOfFlow(ctx.scope, input)),

  update: tenantProcedure('TRIGGER:UPDATE')
    .meta({
      openapi: {
        method: 'PUT',
        path: '/{tenant}/triggers',
        tags,
        summary: 'Disable or enable a trigger, or start a backfill of it',
      },
    })
    .input(SentTrigger)
    .output(TriggerRecord)
    .mutation(({ ctx, input }) => updateTrigger(ctx.scope, { ...input, backfill: input.backfill ?? undefined })),

  unlock: tenantProcedure('TRIGGER:UPDATE')
    .meta({
      openapi: {
        method: 'POST',
        path: '/{tenant}/triggers/{namespace}/{flowId}/{triggerId}/unlock',
        tags,
        summary: 'Let a trigger start its next execution although one is still open',
      },
    })
    .input(TriggerRef)
    .output(TriggerRecord)
    .mutation(({ ctx, input }) => unlockTrigger(ctx.scope, input)),

  forget: tenantProcedure('TRIGGER:DELETE')
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/{tenant}/triggers/{namespace}/{flowId}/{triggerId}',
        tags,
        summary: 'Forget what a trigger remembers: it begins afresh',
      },
      successStatus: 204,
    })
    .input(TriggerRef)
    .output(z.object({ namespace: z.string(), flowId: z.string(), triggerId: z.string() }))
    .mutation(({ ctx, input }) => forgetTrigger(ctx.scope, input)),

  estimateBackfill: tenantProcedure('TRIGGER:READ')
    .meta({
      openapi: {
        method: 'GET',
        path: '/{tenant}/triggers/{namespace}/{flowId}/{triggerId}/backfill/estimate',
        tags,
        summary: 'How many executions a backfill would start, and how long they would take',
      },
    })
    .input(TriggerRef.extend(BackfillRange.shape))
    .output(BackfillEstimate)
    .query(({ ctx, input }) => estimateBackfill(ctx.scope, input)),

  pauseBackfill: tenantProcedure('TRIGGER:UPDATE')
    .meta({ openapi: { method: 'PUT', path: '/{tenant}/triggers/backfill/pause', tags, summary: 'Pause a backfill' } })
    .input(TriggerRef)
    .output(TriggerRecord)
    .mutation(({ ctx, input }) => pauseBackfill(ctx.scope, input, true)),

  continueBackfill: tenantProcedure('TRIGGER:UPDATE')
    .meta({
      openapi: { method: 'PUT', path: '/{tenant}/triggers/backfill/unpause', tags, summary: 'Continue a backfill' },
    })
    .input(TriggerRef)
    .output(TriggerRecord)
    .mutation(({ ctx, input }) => pauseBackfill(ctx.scope, input, false)),

  cancelBackfill: tenantProcedure('TRIGGER:UPDATE')
    .meta({
      openapi: { method: 'POST', path: '/{tenant}/triggers/backfill/delete', tags, summary: 'Cancel a backfill' },
    })
    .input(TriggerRef)
    .output(TriggerRecord)
    .mutation(({ ctx, input }) => cancelBackfill(ctx.scope, input)),
})
