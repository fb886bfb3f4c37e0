/** What is recorded of an execution: plain rows, made by the workflow, written by an activity. */
export type {
  ExecutionChanges,
  ExecutionRef,
  ExecutionRow,
  LogRow,
  MetricRow,
  TaskRunRow,
} from '../activities/record-execution'
