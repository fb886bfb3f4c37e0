import type { JsonObject } from '#language/json'
import type { Plan } from '#language/plan'
import type { ExecuteFlowInput, RecordedResume } from '#worker/contract'
import { StoredLabels, StoredTrigger } from './execution-row'

/** What the workflow of a recorded execution is told again. */
export const inputColumns = {
  id: true,
  plan: true,
  inputs: true,
  labels: true,
  trigger: true,
  parentId: true,
  originalId: true,
  attempt: true,
  createdAt: true,
  resumeFrom: true,
} as const

type InputRow = {
  id: string
  plan: unknown
  inputs: unknown
  labels: unknown
  trigger: unknown
  parentId: string | null
  originalId: string | null
  attempt: number
  createdAt: Date
  resumeFrom: unknown
}

/** The input of a recorded execution's workflow, from its row. */
export function toFlowInput(tenantId: string, row: InputRow): ExecuteFlowInput {
  const trigger = StoredTrigger.parse(row.trigger)
  return {
    tenantId,
    executionId: row.id,
    plan: row.plan as Plan,
    inputs: row.inputs as JsonObject,
    labels: StoredLabels.parse(row.labels),
    ...(trigger === null ? {} : { trigger: { ...trigger, variables: (trigger.variables ?? {}) as JsonObject } }),
    ...(row.parentId === null ? {} : { parentId: row.parentId }),
    originalId: row.originalId ?? row.id,
    createdAtMs: row.createdAt.getTime(),
    attempt: row.attempt,
    ...toResume(row.resumeFrom),
  }
}

function toResume(recorded: unknown): Pick<ExecuteFlowInput, 'resumeFrom' | 'changedTask'> {
  if (recorded === null) return {}
  const { changedTask, ...resumeFrom } = recorded as RecordedResume
  return { resumeFrom, ...(changedTask === undefined ? {} : { changedTask }) }
}
