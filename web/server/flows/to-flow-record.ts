import type { CheckedSource } from './check-source'
import type { FlowRecord } from './flow-record'
import { planTaskIds } from './plan-task-ids'
import type { FlowRow } from './stored-flow'

/** A flow of the database as the API shows it. */
export function toFlowRecord(options: {
  tenant: string
  row: FlowRow
  revision: number
  understood: CheckedSource
  source?: string
}): FlowRecord {
  const { tenant, row, revision, source } = options
  const { flow, plan } = options.understood
  return {
    tenantId: tenant,
    namespace: row.namespace,
    id: row.id,
    revision,
    description: flow?.description,
    labels: flow?.labels ?? [],
    disabled: row.disabled,
    deleted: false,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    source,
    inputs: flow?.inputs ?? [],
    tasks: flow?.tasks ?? [],
    variables: flow?.variables,
    triggers: flow?.triggers,
    outputs: flow?.outputs,
    errors: flow?.errors,
    finally: flow?.finally,
    afterExecution: flow?.afterExecution,
    taskIds: plan === null ? [] : planTaskIds(plan),
  }
}
