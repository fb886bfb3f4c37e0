import { PlanLimitReached } from '#db/usage/plan-limit'
import { type RealtimeEvent, TaskError } from '#language/define-plugin'
import type { Trigger } from '#language/flow'
import type { JsonObject } from '#language/json'
import type { ActivityDependencies } from '../../activities/dependencies'
import type { Masker } from '../../activities/masking/masker'
import type { TriggerRef } from '../../contract'
import { derivedId } from '../../starts/derived-id'
import type { LoadedFlow } from '../../starts/load-flow'
import { type NewExecution, openExecution } from '../../starts/open-execution'
import { triggeredExecution } from '../../starts/triggered-execution'
import { createConditionRender } from '../condition-render'
import { conditionsHold } from '../conditions-hold'
import { assertNotTooLarge, packVariables } from '../pack-variables'
import { shownError } from '../poll-context'
import { describeTriggered } from '../start-triggered'
import { whereTrigger } from '../trigger-row'

type Emitter = { ref: TriggerRef; loaded: LoadedFlow; definition: Trigger; masker: Masker }

/**
 * Starts the execution of an event, once. An event for which none can be started comes to one that is FAILED and says
 * why, for its source forgets it; one that the conditions refuse comes to none. Throws TaskError where the plan has no
 * room: the source keeps the event and gives it again.
 */
export async function emit(deps: ActivityDependencies, emitter: Emitter, event: RealtimeEvent): Promise<void> {
  const { ref } = emitter
  const { tenantId, namespace, flowId, triggerId } = ref
  const executionId = derivedId(tenantId, namespace, flowId, triggerId, `event ${event.id}`)
  const execution = await describe(deps, emitter, event, executionId)
  if (execution === undefined) return
  const db = deps.db(tenantId)
  const now = new Date()
  const start = db.transact(async tx => {
    const opened = await openExecution({ db, tx, client: deps.client, report: deps.report }, execution)
    const data = { lastDate: now, evaluatedAt: now, lastExecutionId: executionId, error: null }
    if (opened.isNew) await tx.trigger.update({ where: whereTrigger(ref), data })
    return opened
  })
  const started = await start.catch((error: unknown) => {
    throw error instanceof PlanLimitReached ? new TaskError(error.message, { cause: error }) : error
  })
  await started.begin()
}

async function describe(
  deps: ActivityDependencies,
  { ref, loaded, definition, masker }: Emitter,
  event: RealtimeEvent,
  executionId: string,
): Promise<NewExecution | undefined> {
  const variables: JsonObject = masker.json(event.variables)
  const start = { executionId, definition, variables }
  try {
    if (event.failure !== undefined) throw new TaskError(event.failure)
    assertNotTooLarge(deps, variables)
    const date = new Date()
    const render = createConditionRender(deps, { ref, loaded, variables: { date: date.toISOString(), ...variables } })
    if (!conditionsHold(deps.catalog, definition, { date, render })) return undefined
  } catch (error) {
    const told = { ref, loaded, start: { ...start, variables: {} } }
    return triggeredExecution(told, { failure: shownError(error, masker) })
  }
  return describeTriggered(deps, { ref, loaded, start }, await packVariables(deps, { ...ref, executionId }, variables))
}
