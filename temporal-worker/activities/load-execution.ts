import type { TaskRunRow } from '#db/record-execution'
import type { JsonObject } from '#language/json'
import type { ActivityDependencies } from './dependencies'

export type LoadExecutionInput = { tenantId: string; executionId: string }

export type LoadedExecution = {
  histories: { state: string; date: string }[]
  variables: JsonObject | null
  version: number
  taskRuns: TaskRunRow[]
}

export function createLoadExecution(deps: ActivityDependencies) {
  /** What was recorded of an execution, for one that goes on from there. */
  return async function loadExecution({ tenantId, executionId }: LoadExecutionInput): Promise<LoadedExecution> {
    const db = deps.db(tenantId)
    const execution = await db.execution.findUniqueOrThrow({
      where: { tenantId_id: { tenantId, id: executionId } },
      select: { histories: true, variables: true, version: true },
    })
    const taskRuns = await db.taskRun.findMany({ where: { tenantId, executionId }, orderBy: { position: 'asc' } })
    return {
      histories: execution.histories as LoadedExecution['histories'],
      variables: execution.variables as JsonObject | null,
      version: execution.version,
      taskRuns: taskRuns.map(row => ({
        id: row.id,
        position: row.position,
        taskId: row.taskId,
        parentId: row.parentId,
        value: row.value,
        iteration: row.iteration,
        state: row.state,
        histories: row.histories as TaskRunRow['histories'],
        attempts: row.attempts as TaskRunRow['attempts'],
        outputs: row.outputs as TaskRunRow['outputs'],
        version: row.version,
        startDate: row.startDate?.toISOString() ?? null,
        endDate: row.endDate?.toISOString() ?? null,
      })),
    }
  }
}
