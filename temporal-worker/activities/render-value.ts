import { Context } from '@temporalio/activity'
import type { ExecutionRef } from '#db/record-execution'
import { TaskError } from '#language/define-plugin'
import { ExpressionError } from '#language/expressions/types'
import { isJsonObject, type Json, type JsonObject } from '#language/json'
import { mapTexts } from '#language/sealed'
import { holdsStored } from '#language/stored'
import type { ActivityDependencies } from './dependencies'
import { maskedError } from './masking/masked-error'
import { restoreOutputs } from './outputs'
import { explain } from './perform-task'
import { type OpenTask, openTaskContext } from './task-context'

export type RenderValueInput = {
  execution: ExecutionRef
  originalId: string
  parentId?: string
  taskId: string
  taskRunId: string
  scope: JsonObject
  value: Json
  typed: boolean
  /** A text of its `inputs` that holds a secret is for another flow: it goes there sealed, where it is else only hidden. */
  sealsInputs?: boolean
}

export type RenderValueResult = { value: Json } | { failure: string }

/** What a workflow may be handed; more belongs into a file. */
const maxRenderedBytes = 1024 * 1024

export function createRenderValue(deps: ActivityDependencies) {
  /** Renders a value whose expressions need the world, for a step that otherwise runs in the workflow. */
  return async function renderValue(input: RenderValueInput): Promise<RenderValueResult> {
    const { tenantId } = input.execution
    const scope = holdsStored(input.scope)
      ? ((await restoreOutputs(deps.storage, tenantId, input.scope)) as JsonObject)
      : input.scope
    const log = { log: () => undefined, metric: () => undefined }
    const { cancellationSignal: signal } = Context.current()
    const opened = openTaskContext(deps, { ...input, attempt: 1, scope, signal, log })
    try {
      const rendered = await opened.renderer(input.value, opened.scope, { typed: input.typed })
      const value = await withoutSecrets(rendered, opened, input.sealsInputs === true)
      const bytes = Buffer.byteLength(JSON.stringify(value))
      if (bytes <= maxRenderedBytes) return { value }
      return {
        failure: `The rendered value has ${bytes} bytes; ${maxRenderedBytes} are the most in this place. Take only the part of it that is needed, or keep it in a file (storage.Write) and pass its URI on`,
      }
    } catch (error) {
      if (!(error instanceof TaskError || error instanceof ExpressionError)) {
        deps.report(maskedError(error, opened.masker), { tenantId, taskRunId: input.taskRunId })
      }
      return { failure: opened.masker.text(explain(error)) }
    } finally {
      await opened.close()
    }
  }
}

/** What a workflow is handed stands readable in its history. */
async function withoutSecrets(value: Json, { masker, secrets }: OpenTask, sealsInputs: boolean): Promise<Json> {
  if (masker.isEmpty) return value
  const masked = masker.json(value)
  if (!sealsInputs || !isJsonObject(value) || !isJsonObject(masked) || value.inputs === undefined) return masked
  const seal = (text: string) => (masker.holdsSecret(text) ? secrets.seal(text) : text)
  return { ...masked, inputs: await mapTexts(value.inputs, seal) }
}
