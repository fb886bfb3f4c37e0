import { executionFolder } from '#db/storage/uri'
import type { PluginDefinition, PollContext, Polling } from '#language/define-plugin'
import { TaskError } from '#language/define-plugin'
import type { JsonObject } from '#language/json'
import type { ActivityDependencies } from '../activities/dependencies'
import { maskedError } from '../activities/masking/masked-error'
import { createMasker, type Masker } from '../activities/masking/masker'
import { explain, isForUser, orGivenUp } from '../activities/perform-task'
import { readProperties } from '../activities/run-plugin'
import { openTaskContext } from '../activities/task-context'
import type { TriggerRef } from '../contract'
import type { LoadedFlow } from '../starts/load-flow'
import { triggerScope } from '../starts/trigger-scope'
import { createPollLog } from './poll-log'

type Options = {
  ref: TriggerRef
  loaded: LoadedFlow
  /** The trigger as in the flow, with the defaults of its type. */
  definition: JsonObject
  plugin: PluginDefinition
  memory: JsonObject
  /** Of the execution that the poll may start. */
  executionId: string
  signal: AbortSignal
}

export type OpenPoll = ReturnType<typeof openPoll>

/** All that one poll needs: its plugin with its properties, its context, and a place for what goes wrong. */
export function openPoll(deps: ActivityDependencies, options: Options) {
  const { ref, loaded, definition, plugin, memory, executionId, signal } = options
  const masker = createMasker()
  const minimum = typeof definition.logLevel === 'string' ? definition.logLevel : undefined
  const log = createPollLog({ triggerId: ref.triggerId, minimum, maxLineBytes: deps.limits.logLineBytes })
  const { tenantId, namespace, flowId, triggerId } = ref
  const execution = { tenantId, namespace, flowId, executionId }
  const scope = triggerScope({ ref, loaded, variables: {} })
  const identity = { originalId: executionId, taskId: triggerId, taskRunId: executionId, attempt: 1 }
  const opened = openTaskContext(deps, { execution, ...identity, scope, signal, log, masker })
  const storage = countingPuts(opened.context.storage)
  const context: PollContext = { ...opened.context, storage, memory }

  async function load(): Promise<{ polling: Polling<never>; properties: never }> {
    const found = Object.hasOwn(deps.polls, plugin.type) ? deps.polls[plugin.type] : undefined
    if (found === undefined) throw new TaskError(`This version of Millrace can't run ${plugin.type}`)
    const properties = await readProperties(
      plugin,
      { properties: ownProperties(plugin, definition), holder: 'trigger' },
      opened,
    )
    return { polling: (await found()).default, properties: properties as never }
  }

  return {
    execution,
    masker,
    async poll() {
      const { polling, properties } = await load()
      return orGivenUp(signal, polling.poll(context, properties))
    },
    async settle(unsettled: JsonObject) {
      const { polling, properties } = await load()
      await orGivenUp(signal, polling.settle?.(context, properties, unsettled) ?? Promise.resolve())
    },
    /** What the user reads of an error. */
    explain(error: unknown): string {
      if (!isForUser(error)) deps.report(maskedError(error, masker), { tenantId, namespace, flowId, triggerId })
      return shownError(error, masker)
    },
    /** The lines of its log go to the execution that it started. */
    async keepLog(): Promise<void> {
      if (log.rows.length === 0) return
      const messages = masker.lines(log.rows.map(({ message }) => message))
      const logs = log.rows.map((row, index) => ({ ...row, message: messages[index]! }))
      await deps.recorder.record(execution, { taskRuns: [], removedTaskRuns: [], logs, metrics: [] })
    },
    /** Nobody will read the files of a poll that came to nothing. */
    async forgetFiles(): Promise<void> {
      if (storage.puts() > 0) await deps.storage.deletePrefix(tenantId, executionFolder(execution))
    },
    close: opened.close,
  }
}

/** What of a trigger is its plugin's, and not every trigger's. */
export function ownProperties({ properties }: PluginDefinition, definition: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(definition).filter(([name]) => Object.hasOwn(properties.shape, name)))
}

/** What is shown at the trigger of an error. */
export function shownError(error: unknown, masker: Masker): string {
  return masker.text(explain(error)).replaceAll('\0', '').slice(0, longestError)
}

const longestError = 4000

function countingPuts(storage: PollContext['storage']): PollContext['storage'] & { puts(): number } {
  let count = 0
  const put: PollContext['storage']['put'] = (...file) => {
    count++
    return storage.put(...file)
  }
  return { ...storage, put, puts: () => count }
}
