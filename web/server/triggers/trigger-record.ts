/** The shapes of a trigger in replies: Kestra's names, so that its clients work. */
import { z } from 'zod'
import { AnyJsonObject, FlowId, InTenant, Label, Namespace, Timestamp } from '../schemas'

export const TriggerId = z.string().min(1).max(256)
export const TriggerRef = InTenant.extend({ namespace: Namespace, flowId: FlowId, triggerId: TriggerId })
export type TriggerKey = { namespace: string; flowId: string; triggerId: string }

export const BackfillRecord = z.object({
  start: Timestamp,
  end: Timestamp,
  /** The date begun last. */
  currentDate: Timestamp.optional(),
  paused: z.boolean(),
  /** Why it paused by itself. */
  problem: z.string().optional(),
  inputs: AnyJsonObject,
  labels: z.array(Label),
  /** Dates whose execution has ended, or that a condition ruled out. */
  done: z.number(),
  /** Dates in the range; an estimate where `isExact` is false. */
  total: z.number(),
  isExact: z.boolean(),
})
export type BackfillRecord = z.infer<typeof BackfillRecord>

export const TriggerRecord = z.object({
  namespace: z.string(),
  flowId: z.string(),
  triggerId: z.string(),
  type: z.string(),
  kind: z.enum(['schedule', 'polling', 'realtime', 'flow', 'webhook']),
  /** The trigger as the flow says it. */
  definition: AnyJsonObject,
  disabled: z.boolean(),
  disabledReason: z.string().optional(),
  /** The flow's text says `disabled` of it, or its flow is disabled: no switch can enable it. */
  disabledByFlow: z.boolean(),
  /** Kestra's name of the due date it started an execution for last. */
  date: Timestamp.optional(),
  nextExecutionDate: Timestamp.optional(),
  lastExecution: z.object({ id: z.string(), state: z.string(), createdAt: Timestamp }).optional(),
  /** The open execution that holds it: the next starts when that one has ended. Derived, never stored. */
  executionId: z.string().optional(),
  /** Why the last evaluation came to nothing. */
  error: z.string().optional(),
  backfill: BackfillRecord.optional(),
  updatedDate: Timestamp,
})
export type TriggerRecord = z.infer<typeof TriggerRecord>

export const BackfillRange = z.object({
  /** ISO 8601 with a zone. */
  start: z.iso.datetime({ offset: true }),
  /** Now, where it is absent. */
  end: z.iso.datetime({ offset: true }).optional(),
})
export type BackfillRange = z.infer<typeof BackfillRange>

export const BackfillEstimate = z.object({
  start: Timestamp,
  end: Timestamp,
  total: z.number(),
  isExact: z.boolean(),
  /** Some may be ruled out by the trigger's conditions. */
  hasConditions: z.boolean(),
  /** The first and the last date in the range. */
  firstDate: Timestamp.optional(),
  lastDate: Timestamp.optional(),
  /** Median of the flow's recent executions, and what all of them come to, one after the other; unknown where it never ran. */
  executionMs: z.number().optional(),
  totalMs: z.number().optional(),
  /** So many executions are started only with `confirmed: true`. */
  needsConfirmation: z.boolean(),
})
export type BackfillEstimate = z.infer<typeof BackfillEstimate>
