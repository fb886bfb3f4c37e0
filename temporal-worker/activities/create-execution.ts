import type { ExecuteFlowInput } from '../contract'
import type { ActivityDependencies } from './dependencies'

export function createExecutionCreator(deps: ActivityDependencies) {
  /** Inserts the row of an execution that a workflow is about to start. */
  return async function createExecution({ input }: { input: ExecuteFlowInput }): Promise<void> {
    await insertExecution(deps, input)
  }
}

/** As CREATED; once, however often the activity is repeated. */
export async function insertExecution(deps: ActivityDependencies, input: ExecuteFlowInput): Promise<void> {
  const { tenantId, executionId, plan } = input
  const createdAt = new Date()
  await deps.db(tenantId).execution.createMany({
    data: {
      tenantId,
      id: executionId,
      namespace: plan.flow.namespace,
      flowId: plan.flow.id,
      flowRevision: plan.flow.revision,
      state: 'CREATED',
      histories: [{ state: 'CREATED', date: createdAt.toISOString() }],
      inputs: input.inputs as never,
      variables: plan.variables as never,
      labels: input.labels,
      parentId: input.parentId ?? null,
      originalId: input.originalId,
      plan: plan as never,
      attempt: input.attempt,
      createdAt,
      startDate: createdAt,
    },
    skipDuplicates: true,
  })
}
