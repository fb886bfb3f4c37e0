import type { JsonObject } from '#language/json'
import { mergeLabels } from '#language/labels'
import type { Plan, PureStep, Step } from '#language/plan'
import { openExecution } from '#worker/starts'
import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { planSteps } from '../flows/plan-task-ids'
import type { FlowKey } from '../flows/stored-flow'
import { temporal } from '../temporal'
import type { Execution } from './execution'
import { createExecutionId } from './execution-id'
import { getExecution } from './get-execution'
import { resolveStartInputs } from './resolve-start-inputs'
import { loadStartable } from './start-execution'
import { reportUnstarted } from './start-workflow'

type PlayTask = FlowKey & {
  taskId: string
  inputs: JsonObject
  /** What the task finds under `outputs`, by the ids of other tasks. */
  outputs: Record<string, JsonObject>
}

/**
 * Runs one task of a flow, with all that it holds, as if others had given these outputs. It is an execution of the kind
 * PLAYGROUND: no flow starts after it, and dashboards don't count it. The others stand in its plan as done: it goes on
 * from there as a restarted one does.
 */
export async function playTask(scope: Scope, { taskId, inputs: given, outputs, ...key }: PlayTask): Promise<Execution> {
  const { flow, plan } = await loadStartable(scope, key)
  const steps = planSteps(plan)
  const step = steps.find(({ id }) => id === taskId)
  if (step === undefined) throw new AppError('NOT_FOUND', `The flow ${key.namespace}.${key.id} has no task ${taskId}`)
  const mocked = Object.entries(outputs).filter(([id]) => id !== taskId)
  requireTasks(
    mocked.map(([id]) => id),
    steps,
  )
  const { inputs } = await resolveStartInputs(scope, flow, given)
  const id = createExecutionId()
  const { tenantId } = scope
  const world = { db: scope.db, client: temporal(), report: reportUnstarted }
  const opened = await scope.db.transact(async tx => {
    const created = await openExecution(
      { ...world, tx },
      {
        input: {
          ...{ tenantId, executionId: id, originalId: id, inputs, attempt: 1, createdAtMs: Date.now() },
          plan: planOf(
            plan,
            step,
            mocked.map(([mockedId]) => mockedId),
          ),
          labels: mergeLabels(flow.labels, [], [{ key: 'system.correlationId', value: id }]),
          resumeFrom: { executionId: id, mode: 'restart' },
        },
      },
    )
    await tx.execution.update({ where: { tenantId_id: { tenantId, id } }, data: { kind: 'PLAYGROUND' } })
    await tx.taskRun.createMany({
      data: mocked.map(([of, value], position) => doneRun(scope, id, of, value, position)),
    })
    return created
  })
  await opened.begin()
  return getExecution(scope, id)
}

function requireTasks(ids: string[], steps: Step[]): void {
  const unknown = ids.filter(id => !steps.some(step => step.id === id))
  if (unknown.length === 0) return
  const details = unknown.map(id => ({ message: `the flow has no task ${id}`, path: `outputs.${id}`, code: 'NO_TASK' }))
  throw new AppError('INVALID', `The flow has no task ${unknown.join(', ')}`, details)
}

/** The task alone: nothing that belongs to the end of the flow, and none of its promises. */
function planOf(plan: Plan, step: Step, mockedIds: string[]): Plan {
  const { errors, finally: last, afterExecution, retry, sla, quotas, reads, ...rest } = plan
  return { ...rest, outputs: [], steps: [...mockedIds.map(stub), step] }
}

/** Never runs: it is done already. */
function stub(id: string): PureStep {
  return { kind: 'pure', id, type: 'io.kestra.plugin.core.debug.Return', properties: {}, line: 0 }
}

function doneRun({ tenantId }: Scope, executionId: string, taskId: string, outputs: JsonObject, position: number) {
  const now = new Date()
  const histories = [{ state: 'SUCCESS', date: now.toISOString() }]
  return {
    ...{ tenantId, executionId, id: createExecutionId(), position, taskId, state: 'SUCCESS', histories },
    ...{ attempts: [], outputs, startDate: now, endDate: now },
  }
}
