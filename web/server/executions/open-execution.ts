import type { Concurrency } from '#language/flow'
import type { JsonObject } from '#language/json'
import type { Plan } from '#language/plan'
import type { ExecuteFlowInput, Refused, ResumeFrom } from '#worker/contract'
import { openExecution as open } from '#worker/starts'
import type { Scope } from '../access/tenant-scope'
import type { Label } from '../schemas'
import { temporal } from '../temporal'
import type { Execution } from './execution'
import { getExecution } from './get-execution'
import { reportUnstarted } from './start-workflow'
import { startAndWait } from './wait-for-end'

export type NewExecution = {
  id: string
  plan: Plan
  inputs: JsonObject
  labels: Label[]
  /** Of the flow's newest revision. */
  concurrency: Concurrency | null
  trigger?: ExecuteFlowInput['trigger']
  originalId?: string
  scheduleDate?: Date
  resumeFrom?: ResumeFrom
  /** It is created, but ended. */
  refused?: Refused
}

/** Begins an execution; with `wait` it resolves once that has ended. */
export async function openExecution(
  scope: Scope,
  execution: NewExecution,
  { wait = false, signal }: { wait?: boolean; signal?: AbortSignal } = {},
): Promise<Execution> {
  const { id, concurrency, scheduleDate, refused } = execution
  const world = { db: scope.db, client: temporal(), report: reportUnstarted }
  const opened = await open(world, { input: toInput(scope, execution), concurrency, scheduleDate, refused })
  if (wait && opened.ended === undefined) return startAndWait(scope, { id, start: opened.begin, signal })
  await opened.begin()
  return getExecution(scope, id)
}

function toInput({ tenantId }: Scope, execution: NewExecution): ExecuteFlowInput {
  const { id, plan, inputs, labels, trigger, originalId = id, resumeFrom } = execution
  return {
    tenantId,
    executionId: id,
    plan,
    inputs,
    labels,
    ...(trigger === undefined ? {} : { trigger }),
    originalId,
    createdAtMs: Date.now(),
    attempt: 1,
    resumeFrom,
  }
}
