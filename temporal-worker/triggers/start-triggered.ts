import type { Transaction } from '#db/tenant-db'
import { isJsonObject } from '#language/json'
import { toLabels } from '#language/labels'
import { isKeepable } from '#language/stored'
import type { ActivityDependencies } from '../activities/dependencies'
import { explain } from '../activities/perform-task'
import { resolveGiven } from '../activities/resolve-inputs'
import { openTaskContext } from '../activities/task-context'
import { type NewExecution, type Opened, openExecution } from '../starts/open-execution'
import { triggerScope } from '../starts/trigger-scope'
import { type AskedStart, type GivenByTrigger, triggeredExecution } from '../starts/triggered-execution'

/**
 * Writes the execution that a trigger starts, once; whoever called begins it once all else is written, too. Where it
 * can't be given anything, it is FAILED and says why. With `tx` it is written there.
 */
export async function startTriggered(
  deps: ActivityDependencies & { tx?: Transaction },
  asked: AskedStart,
  failed?: { failure: string },
): Promise<Opened> {
  const { tx, client, report } = deps
  const world = { db: deps.db(asked.ref.tenantId), client, report, ...(tx === undefined ? {} : { tx }) }
  return openExecution(world, triggeredExecution(asked, failed ?? (await give(deps, asked, false))))
}

/**
 * What is to be written for something that happened. Inputs that can't be rendered or don't fit make an execution that
 * is FAILED and says why; a required one that the trigger doesn't give is left out, as in Kestra, where flows that
 * need it only when a person starts them are common.
 * `kept`: the trigger's variables as they travel, where these are others than those that its inputs see.
 */
export async function describeTriggered(
  deps: ActivityDependencies,
  asked: AskedStart,
  kept = asked.start.variables,
): Promise<NewExecution> {
  return triggeredExecution({ ...asked, start: { ...asked.start, variables: kept } }, await give(deps, asked, true))
}

/** Inputs and labels, rendered with what the trigger gives. */
async function give(deps: ActivityDependencies, asked: AskedStart, mayMiss: boolean): Promise<GivenByTrigger> {
  const { ref, loaded } = asked
  try {
    const { inputs, labels, masker } = await render(deps, asked)
    const resolved = await resolveGiven(deps, {
      definitions: loaded.flow.inputs,
      given: inputs,
      scope: { flow: { ...loaded.plan.flow, tenantId: ref.tenantId } },
      place: ref,
      sealedFor: ref,
      masker,
      mayMiss,
    })
    if ('inputs' in resolved && isKeepable([resolved.inputs, labels])) return { inputs: resolved.inputs, labels }
    if ('inputs' in resolved) return { failure: 'Its inputs or labels hold NUL, or half of a character' }
    return { labels, failure: `The inputs of the flow don't fit: ${resolved.failure}` }
  } catch (error) {
    return { failure: explain(error) }
  }
}

async function render(deps: ActivityDependencies, { ref, loaded, start }: AskedStart) {
  const { definition, executionId } = start
  const scope = { ...triggerScope({ ref, loaded, type: definition.type, variables: start.variables }), ...start.scope }
  const opened = openTaskContext(deps, {
    execution: { ...ref, executionId },
    originalId: executionId,
    taskId: String(definition.id),
    taskRunId: executionId,
    attempt: 1,
    scope,
    signal: new AbortController().signal,
    log: { log: () => undefined, metric: () => undefined },
  })
  try {
    const inputs = await opened.renderer(definition.inputs ?? {}, opened.scope)
    const labels = opened.masker.json(await opened.renderer(definition.labels ?? {}, opened.scope))
    return { inputs: isJsonObject(inputs) ? inputs : {}, labels: toLabels(labels), masker: opened.masker }
  } finally {
    await opened.close()
  }
}
