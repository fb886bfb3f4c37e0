import { type RealtimeEvent, TaskError } from '#language/define-plugin'
import type { ActivityDependencies } from '../../activities/dependencies'
import { maskedError } from '../../activities/masking/masked-error'
import { createMasker } from '../../activities/masking/masker'
import { isForUser, orGivenUp } from '../../activities/perform-task'
import { readProperties } from '../../activities/run-plugin'
import { openTaskContext } from '../../activities/task-context'
import type { TriggerRef } from '../../contract'
import { type LoadedFlow, loadFlow } from '../../starts/load-flow'
import { triggerScope } from '../../starts/trigger-scope'
import { findTrigger } from '../find-trigger'
import { ownProperties, shownError } from '../poll-context'
import { emit } from './emit'

/** Listens until the signal is aborted; else answers why it does not any more. */
export async function listenOnce(
  deps: ActivityDependencies,
  { ref, type }: { ref: TriggerRef; type: string },
  signal: AbortSignal,
): Promise<string | undefined> {
  const loaded = await loadFlow(deps, ref)
  if ('failure' in loaded) return loaded.failure
  const found = findTrigger(deps, { ref, type, loaded })
  if (found === undefined) return undefined
  const { definition, plugin } = found
  const masker = createMasker()
  const { tenantId, namespace, flowId, triggerId } = ref
  const identity = { originalId: '', taskId: triggerId, taskRunId: '', attempt: 1 }
  const opened = openTaskContext(deps, {
    execution: { tenantId, namespace, flowId, executionId: '' },
    ...identity,
    scope: triggerScope({ ref, loaded, variables: {} }),
    signal,
    log: { log: () => undefined, metric: () => undefined },
    masker,
  })
  try {
    const load = Object.hasOwn(deps.listens, plugin.type) ? deps.listens[plugin.type] : undefined
    if (load === undefined) throw new TaskError(`This version of Millrace can't run ${plugin.type}`)
    const properties = await readProperties(
      plugin,
      { properties: ownProperties(plugin, definition), holder: 'trigger' },
      opened,
    )
    const { fetch, resolveHost } = opened.context
    const current = keepFresh(deps, ref, loaded)
    const give = async (event: RealtimeEvent) => emit(deps, { ref, loaded: await current(), definition, masker }, event)
    const context = { tenantId, namespace, flowId, taskId: triggerId, fetch, resolveHost, signal, emit: give }
    await orGivenUp(signal, (await load()).default.listen(context, properties as never))
    return signal.aborted ? undefined : 'The source ended the connection'
  } catch (error) {
    if (signal.aborted) return undefined
    if (!isForUser(error)) deps.report(maskedError(error, masker), { ...ref })
    return shownError(error, masker)
  } finally {
    await opened.close()
  }
}

/** What a namespace says may change while somebody listens; an edit of the flow ends the lease. */
const freshMs = 10_000

/** The flow as it was loaded a moment ago. */
function keepFresh(deps: ActivityDependencies, ref: TriggerRef, first: LoadedFlow): () => Promise<LoadedFlow> {
  let current = { loaded: first, at: Date.now() }
  return async () => {
    if (Date.now() - current.at < freshMs) return current.loaded
    const loaded = await loadFlow(deps, ref)
    if ('failure' in loaded) throw new TaskError(loaded.failure)
    current = { loaded, at: Date.now() }
    return loaded
  }
}
