/** The shapes of a flow in replies: the flow's own properties beside those that the server keeps. */
import { z } from 'zod'
import type { Flow } from '#language/flow'
import { AnyJsonObject, FlowDiagnostic, Label, Timestamp } from '../schemas'

/** An input as the language understood it; the start form is made of these. */
const FlowInput = z.custom<Flow['inputs'][number]>().meta({ override: { type: 'object', additionalProperties: true } })
export type FlowInput = Flow['inputs'][number]

export const FlowRecord = z.object({
  tenantId: z.string(),
  namespace: z.string(),
  id: z.string(),
  revision: z.number(),
  description: z.string().optional(),
  labels: z.array(Label),
  disabled: z.boolean(),
  deleted: z.boolean(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
  /** The YAML text; REST gives it with `?source=true`. */
  source: z.string().optional(),
  inputs: z.array(FlowInput),
  tasks: z.array(AnyJsonObject),
  /** Everything else the flow says, as written. */
  variables: AnyJsonObject.optional(),
  triggers: z.array(AnyJsonObject).optional(),
  outputs: z.array(AnyJsonObject).optional(),
  errors: z.array(AnyJsonObject).optional(),
  finally: z.array(AnyJsonObject).optional(),
  afterExecution: z.array(AnyJsonObject).optional(),
  /** Ids of all tasks, nested ones too, in the order of the text. */
  taskIds: z.array(z.string()),
})
export type FlowRecord = z.infer<typeof FlowRecord>

export const FlowSummary = z.object({
  namespace: z.string(),
  id: z.string(),
  revision: z.number(),
  description: z.string().optional(),
  labels: z.array(Label),
  disabled: z.boolean(),
  updatedAt: Timestamp,
  lastExecution: z.object({ id: z.string(), state: z.string(), createdAt: Timestamp, duration: z.string() }).optional(),
})
export type FlowSummary = z.infer<typeof FlowSummary>

export const FlowRevisionRecord = z.object({
  revision: z.number(),
  createdAt: Timestamp,
  createdBy: z.string().optional(),
  source: z.string(),
})
export type FlowRevisionRecord = z.infer<typeof FlowRevisionRecord>

/** One document of a text that was only checked. */
export const FlowCheck = z.object({
  index: z.number(),
  namespace: z.string().optional(),
  flow: z.string().optional(),
  /** Null when it may be saved; else all problems, a line each. */
  constraints: z.string().nullable(),
  warnings: z.array(z.string()),
  infos: z.array(z.string()),
  deprecationPaths: z.array(z.string()),
  /** Another revision is stored since the text's own `revision`. */
  outdated: z.boolean(),
  diagnostics: z.array(FlowDiagnostic),
})
export type FlowCheck = z.infer<typeof FlowCheck>
