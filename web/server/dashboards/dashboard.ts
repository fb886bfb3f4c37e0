import { z } from 'zod'
import { FlowId, InTenant, Namespace, Timestamp } from '../schemas'

export const dashboardRanges = ['1h', '6h', '24h', '7d', '30d'] as const
export type DashboardRange = (typeof dashboardRanges)[number]

export const ReadDashboard = InTenant.extend({
  /** With those below it. */
  namespace: Namespace.optional(),
  flowId: FlowId.optional(),
  within: z.enum(dashboardRanges).default('24h'),
})

const Durations = {
  /** Milliseconds from start to end, to within a tenth; absent where nothing ended. */
  p50Ms: z.number().optional(),
  p95Ms: z.number().optional(),
}
/** Executions by state. */
const States = z.record(z.string(), z.number())

export const Dashboard = z.object({
  since: Timestamp,
  until: Timestamp,
  stepMs: z.number(),
  /** Executions by the time they were created; a bar for each step of the range, empty ones too. */
  bars: z.array(z.object({ at: Timestamp, states: States, ...Durations })),
  states: States,
  ...Durations,
  /** Those that failed most, then those that ran most. */
  flows: z.array(z.object({ namespace: z.string(), flowId: z.string(), executions: z.number(), failed: z.number() })),
  /** All that have not ended, whenever they were created; no more than `openLimit` are counted. */
  open: States,
})
export type Dashboard = z.infer<typeof Dashboard>
