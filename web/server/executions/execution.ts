/** The shapes of an execution in replies: Kestra's, so that its clients work. */
import { z } from 'zod'
import type { executionStates } from '#language/states'
import { AnyJson, AnyJsonObject, Label, Timestamp } from '../schemas'

export type ExecutionState = (typeof executionStates)[number]

export { isTerminal } from '#language/states'

export const StateChange = z.object({ state: z.string(), date: Timestamp })

export const State = z.object({
  current: z.string(),
  histories: z.array(StateChange),
  startDate: Timestamp,
  /** Set when terminal or paused. */
  endDate: Timestamp.optional(),
  /** ISO 8601, e.g. PT1.25S; to now while it runs. */
  duration: z.string(),
})

export type State = z.infer<typeof State>

export const Attempt = z.object({ state: State })

export const TaskRun = z.object({
  id: z.string(),
  executionId: z.string(),
  namespace: z.string(),
  flowId: z.string(),
  taskId: z.string(),
  parentTaskRunId: z.string().optional(),
  value: z.string().optional(),
  iteration: z.number().optional(),
  attempts: z.array(Attempt),
  outputs: AnyJsonObject.optional(),
  state: State,
})
export type TaskRun = z.infer<typeof TaskRun>

export const Execution = z.object({
  tenantId: z.string(),
  id: z.string(),
  namespace: z.string(),
  flowId: z.string(),
  flowRevision: z.number(),
  taskRunList: z.array(TaskRun).optional(),
  inputs: AnyJsonObject,
  outputs: AnyJsonObject.optional(),
  variables: AnyJsonObject.optional(),
  labels: z.array(Label),
  state: State,
  parentId: z.string().optional(),
  originalId: z.string(),
  trigger: z.object({ id: z.string(), type: z.string(), variables: AnyJson.optional() }).optional(),
  metadata: z.object({ attemptNumber: z.number(), originalCreatedDate: Timestamp }),
  scheduleDate: Timestamp.optional(),
  kind: z.string(),
  /** Why it failed, when no task says so. */
  error: z.string().optional(),
  deleted: z.boolean(),
})
export type Execution = z.infer<typeof Execution>

export const LogEntry = z.object({
  /** Where the line stands in its execution's log; ask for what comes after it. */
  position: z.string(),
  namespace: z.string(),
  flowId: z.string(),
  taskId: z.string().optional(),
  executionId: z.string(),
  taskRunId: z.string().optional(),
  attemptNumber: z.number(),
  timestamp: Timestamp,
  level: z.string(),
  message: z.string(),
})
export type LogEntry = z.infer<typeof LogEntry>

export const MetricEntry = z.object({
  namespace: z.string(),
  flowId: z.string(),
  taskId: z.string(),
  executionId: z.string(),
  taskRunId: z.string(),
  type: z.string(),
  name: z.string(),
  value: z.number(),
  timestamp: Timestamp,
  tags: AnyJsonObject,
})
export type MetricEntry = z.infer<typeof MetricEntry>
