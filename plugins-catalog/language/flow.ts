/**
 * A flow as written: its top level checked and normalized (aliases resolved, defaults filled in), its tasks and triggers
 * with their common properties typed and their plugin's own properties as plain JSON. Types and schemas share names.
 */
import { z } from 'zod'
import { parseDuration } from './durations'
import { anyJson, anyObject, bool, duration, float, int, isTemplate, list, oneOf, text } from './fields'
import { Inputs, inputTypes } from './inputs/input'
import type { Json, JsonObject } from './json'
import { renameKeys } from './rename-keys'
import { executionStates, logLevels } from './states'

const reservedFlowIds = [
  'pause',
  'resume',
  'force-run',
  'change-status',
  'kill',
  'executions',
  'search',
  'source',
  'disable',
  'enable',
]

export type Label = { key: string; value: string }

/** A map of keys to values, or a list of `{ key, value }`; becomes the list. */
export const Labels = z.preprocess(
  toLabelList,
  z.array(
    z.strictObject({
      key: z
        .string()
        .regex(/^\p{Ll}[\p{L}0-9._-]*$/u, 'a label key starts with a lower-case letter; then letters, digits, . _ -')
        .refine(
          key => !key.startsWith('system.') || key === 'system.readOnly',
          'labels that start with system. are set by the system',
        ),
      value: text().refine(value => value !== '', 'a label needs a value'),
    }),
  ),
)

const RetryCommon = {
  maxAttempts: int().pipe(z.number().min(1)).optional(),
  maxDuration: duration().optional(),
  warningOnRetry: bool().default(false),
  behavior: oneOf(['RETRY_FAILED_TASK', 'CREATE_NEW_EXECUTION']).default('RETRY_FAILED_TASK'),
}

export const Retry = z.preprocess(
  renameKeys({ maxAttempt: 'maxAttempts' }),
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('constant'), interval: duration(), ...RetryCommon }),
    z.strictObject({
      type: z.literal('exponential'),
      interval: duration(),
      maxInterval: duration(),
      delayFactor: float().default(2),
      ...RetryCommon,
    }),
    z.strictObject({ type: z.literal('random'), minInterval: duration(), maxInterval: duration(), ...RetryCommon }),
  ]),
)
export type Retry = z.output<typeof Retry>

export const workerGroupPattern = /^[a-zA-Z0-9][a-zA-Z0-9_-]*$/

/** The key of a worker group, a tag of one, or an expression that gives it. */
function workerName(what: string) {
  return text().refine(
    value => isTemplate(value) || workerGroupPattern.test(value),
    `${what} starts with a letter or digit; then letters, digits, _ -`,
  )
}

export const WorkerGroup = z.strictObject({
  key: workerName('the key of a worker group'),
  fallback: oneOf(['WAIT', 'FAIL', 'CANCEL']).optional(),
})
export type WorkerGroup = z.output<typeof WorkerGroup>

/** Kestra 2's form of `workerGroup`. */
export const WorkerSelector = z.strictObject({
  tags: z
    .array(workerName('a tag of workers'))
    .min(1, 'a worker is chosen by at least one tag')
    .max(20, 'a worker is chosen by 20 tags at most'),
  match: oneOf(['ALL', 'ANY']).optional(),
  fallback: oneOf(['WAIT', 'FAIL', 'CANCEL', 'IGNORE']).optional(),
})
export type WorkerSelector = z.output<typeof WorkerSelector>

/** A value that may be an expression instead of what its schema says. */
function orTemplate<T extends z.ZodType>(schema: T) {
  return z.union([z.string().refine(isTemplate), schema])
}

/** Properties that every task may have. */
export const TaskCommon = z.object({
  id: z
    .string()
    .min(1)
    .max(256)
    .regex(/^[a-zA-Z0-9][a-zA-Z0-9_-]*$/, 'an id starts with a letter or digit; then letters, digits, _ -'),
  type: z.string().min(1),
  version: text().optional(),
  description: text().optional(),
  retry: Retry.optional().meta({ description: 'How often and when a failed attempt is repeated.' }),
  timeout: orTemplate(duration()).optional().meta({ description: 'An attempt that takes longer fails.' }),
  disabled: bool().default(false).meta({ description: 'Whether the task is left out.' }),
  runIf: text().optional().meta({ description: 'The task is skipped where this is false.' }),
  when: text().optional().meta({ description: 'The task is skipped where this is false; Kestra 2’s name of `runIf`.' }),
  allowFailure: bool()
    .default(false)
    .meta({ description: 'Whether the flow goes on, with a warning, when the task fails.' }),
  allowWarning: bool().default(false).meta({ description: 'Whether a warning of the task counts as success.' }),
  logLevel: oneOf(logLevels).optional().meta({ description: 'Lines below this level are not kept.' }),
  logToFile: bool().default(false),
  workerGroup: WorkerGroup.optional(),
  workerSelector: WorkerSelector.optional(),
  taskCache: z.strictObject({ enabled: bool(), ttl: duration().optional() }).optional(),
  assets: anyJson().optional(),
})
export type TaskCommon = z.output<typeof TaskCommon>

/** A task as written: common properties and those of its plugin, templates not rendered, `null` properties left out. */
export type Task = { id: string; type: string; [property: string]: Json }

/** Properties that every trigger may have. */
export const TriggerCommon = z.object({
  id: TaskCommon.shape.id,
  type: z.string().min(1),
  version: text().optional(),
  description: text().optional(),
  disabled: bool().default(false),
  conditions: z.array(z.looseObject({ type: z.string() })).optional(),
  when: text().optional(),
  workerGroup: WorkerGroup.optional(),
  workerSelector: WorkerSelector.optional(),
  logLevel: oneOf(logLevels).optional(),
  logToFile: bool().default(false),
  labels: anyJson().optional(),
  inputs: anyObject().optional(),
  stopAfter: list(oneOf(executionStates)).optional(),
  failOnTriggerError: bool().default(false),
  allowConcurrent: bool().default(false),
})
export type TriggerCommon = z.output<typeof TriggerCommon>
export type Trigger = { id: string; type: string; [property: string]: Json }

export const Concurrency = z.strictObject({
  limit: int().pipe(z.number().min(1, 'the limit is at least 1')),
  behavior: oneOf(['QUEUE', 'CANCEL', 'FAIL']).default('QUEUE'),
})
export type Concurrency = z.output<typeof Concurrency>

const SlaCommon = { id: z.string().min(1), behavior: oneOf(['FAIL', 'CANCEL', 'NONE']), labels: Labels.optional() }
export const Sla = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('MAX_DURATION'), duration: duration(), ...SlaCommon }),
  z.strictObject({ type: z.literal('EXECUTION_ASSERTION'), assert: text(), ...SlaCommon }),
])
export type Sla = z.output<typeof Sla>

/** Kestra 2 says `when` for `condition`. */
export const Check = z.preprocess(
  renameKeys({ when: 'condition' }),
  z.strictObject({
    condition: text(),
    message: text(),
    style: oneOf(['ERROR', 'SUCCESS', 'WARNING', 'INFO']).default('INFO'),
    behavior: oneOf(['BLOCK_EXECUTION', 'FAIL_EXECUTION', 'CREATE_EXECUTION']).default('BLOCK_EXECUTION'),
  }),
)
export type Check = z.output<typeof Check>

export const PluginDefault = z.strictObject({
  type: z.string().min(1),
  forced: bool().default(false),
  values: z
    .record(
      z.string(),
      anyJson().refine(value => value !== null, 'a default needs a value'),
    )
    .default({}),
})
/** Values for all tasks of a type, or of all types under a prefix. */
export type PluginDefault = { type: string; forced: boolean; values: JsonObject }

export const Output = z.strictObject({
  id: z
    .string()
    .regex(/^[a-zA-Z0-9][.a-zA-Z0-9_-]*$/, 'an id starts with a letter or digit; then letters, digits, . _ -'),
  type: oneOf(inputTypes),
  itemType: oneOf(inputTypes).optional(),
  value: anyJson(),
  description: text().optional(),
  displayName: text().optional(),
  required: bool().default(true),
})
export type Output = z.output<typeof Output>

const minQuotaMs = 60_000

export const Quota = z.strictObject({
  duration: duration().refine(
    value => (parseDuration(value) ?? 0) >= minQuotaMs,
    'the window of a quota is at least PT1M',
  ),
  limit: int().pipe(z.number().min(1)),
  behavior: oneOf(['FAIL', 'CANCEL']),
})

export type Quota = z.output<typeof Quota>

export const flowIdPattern = /^[a-zA-Z0-9][a-zA-Z0-9._-]*$/
export const namespacePattern = /^[a-z0-9][a-z0-9._-]*$/

/** Tasks and triggers stay plain here; `check/` reads them with their plugin's schema. */
const rawTasks = z.array(z.looseObject({}))

const FlowShape = z.strictObject({
  id: z
    .string()
    .min(1)
    .max(100)
    .regex(flowIdPattern, 'a flow id starts with a letter or digit; then letters, digits, . _ -')
    .refine(id => !reservedFlowIds.includes(id), 'this word is reserved; choose another id'),
  namespace: z
    .string()
    .min(1)
    .max(150)
    .regex(
      namespacePattern,
      'a namespace starts with a lower-case letter or digit; then lower-case letters, digits, . _ -',
    ),
  tenantId: z.string().optional(),
  revision: z.unknown().optional(),
  description: text().optional(),
  labels: Labels.default([]),
  inputs: Inputs.default([]),
  variables: z.record(z.string(), anyJson()).default({}),
  tasks: rawTasks.min(1, 'a flow needs at least one task'),
  errors: rawTasks.optional(),
  finally: rawTasks.optional(),
  afterExecution: rawTasks.optional(),
  triggers: rawTasks.default([]),
  outputs: z.array(Output).default([]),
  concurrency: Concurrency.optional(),
  retry: Retry.optional(),
  sla: z.array(Sla).default([]),
  checks: z.array(Check).default([]),
  pluginDefaults: z.array(PluginDefault).default([]),
  workerGroup: WorkerGroup.optional(),
  workerSelector: WorkerSelector.optional(),
  disabled: bool().default(false),
  deleted: bool().default(false),
  listeners: z.array(z.strictObject({ conditions: rawTasks.optional(), tasks: rawTasks.min(1) })).optional(),
  quotas: z
    .array(Quota)
    .refine(
      quotas => new Set(quotas.map(quota => parseDuration(quota.duration))).size === quotas.length,
      'two quotas have the same duration',
    )
    .default([]),
  policyRefs: z.array(anyJson()).optional(),
})

export const Flow = z.preprocess(renameKeys({ taskDefaults: 'pluginDefaults' }), FlowShape)

type Listener = { conditions?: JsonObject[]; tasks: Task[] }
type HeldTasks = {
  tasks: Task[]
  errors?: Task[]
  finally?: Task[]
  afterExecution?: Task[]
  triggers: Trigger[]
  listeners?: Listener[]
  pluginDefaults: PluginDefault[]
  variables: JsonObject
}
export type Flow = Omit<z.output<typeof FlowShape>, keyof HeldTasks | 'revision'> & HeldTasks

/** Property names of the top level, for completion and "did you mean". */
export const flowProperties = Object.keys(FlowShape.shape)
export { FlowShape }

function toLabelList(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.entries(value).map(([key, label]) => ({ key, value: label }))
}
