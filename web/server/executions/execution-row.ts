/** What the JSON columns of executions and task runs hold; see prisma/schema.prisma. */
import { z } from 'zod'

const StoredChange = z.object({ state: z.string(), date: z.string() })
export const StoredHistories = z.array(StoredChange)
export type StoredHistories = z.infer<typeof StoredHistories>

export const StoredAttempts = z.array(z.object({ histories: StoredHistories }))
export const StoredLabels = z.array(z.object({ key: z.string(), value: z.string() }))
export type StoredLabels = z.infer<typeof StoredLabels>
export const StoredTrigger = z.object({ id: z.string(), type: z.string(), variables: z.json().optional() }).nullable()

/** The columns that replies need: `plan` is large and never among them. */
export const executionColumns = {
  id: true,
  namespace: true,
  flowId: true,
  flowRevision: true,
  state: true,
  histories: true,
  inputs: true,
  outputs: true,
  variables: true,
  labels: true,
  trigger: true,
  parentId: true,
  originalId: true,
  kind: true,
  attempt: true,
  error: true,
  scheduleDate: true,
  createdAt: true,
  startDate: true,
  endDate: true,
} as const

export type ExecutionRow = {
  id: string
  namespace: string
  flowId: string
  flowRevision: number
  state: string
  histories: unknown
  inputs: unknown
  outputs: unknown
  variables: unknown
  labels: unknown
  trigger: unknown
  parentId: string | null
  originalId: string | null
  kind: string
  attempt: number
  error: string | null
  scheduleDate: Date | null
  createdAt: Date
  startDate: Date | null
  endDate: Date | null
}

export type TaskRunRow = {
  id: string
  taskId: string
  parentId: string | null
  value: string | null
  iteration: number | null
  state: string
  histories: unknown
  attempts: unknown
  outputs: unknown
  startDate: Date | null
  endDate: Date | null
}
