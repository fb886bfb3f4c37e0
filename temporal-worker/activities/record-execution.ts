import type { ExecutionChanges, ExecutionRecorder, ExecutionRef } from '#db/record-execution'

export type {
  ExecutionChanges,
  ExecutionRef,
  ExecutionRow,
  LogRow,
  MetricRow,
  TaskRunRow,
} from '#db/record-execution'

export type RecordExecutionInput = { execution: ExecutionRef; changes: ExecutionChanges }

/** Writes what the workflow has noted. A local activity: it runs beside the workflow, in one turn. */
export function createRecordExecution(recorder: ExecutionRecorder) {
  return async ({ execution, changes }: RecordExecutionInput): Promise<void> => {
    await recorder.record(execution, changes)
  }
}
