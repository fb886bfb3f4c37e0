import { Context } from '@temporalio/activity'
import type { ExecutionRef } from '#db/record-execution'
import { TaskError } from '#language/define-plugin'
import { ExpressionError } from '#language/expressions/types'
import type { Json, JsonObject } from '#language/json'
import type { ActivityDependencies } from './dependencies'
import { holdsReference, restoreOutputs } from './outputs'
import { explain } from './perform-task'
import { openTaskContext } from './task-context'

export type RenderValueInput = {
  execution: ExecutionRef
  originalId: string
  parentId?: string
  taskId: string
  taskRunId: string
  scope: JsonObject
  value: Json
  typed: boolean
}

export type RenderValueResult = { value: Json } | { failure: string }

/** What a workflow may be handed; more belongs into a file. */
const maxRenderedBytes = 1024 * 1024

export function createRenderValue(deps: ActivityDependencies) {
  /** Renders a value whose expressions need the world, for a step that otherwise runs in the workflow. */
  return async function renderValue(input: RenderValueInput): Promise<RenderValueResult> {
    const { tenantId } = input.execution
    const scope = holdsReference(input.scope)
      ? ((await restoreOutputs(deps.storage, tenantId, input.scope)) as JsonObject)
      : input.scope
    const log = { log: () => undefined, metric: () => undefined }
    const { cancellationSignal: signal } = Context.current()
    const opened = openTaskContext(deps, { ...input, attempt: 1, scope, signal, log })
    try {
      const value = await opened.renderer(input.value, opened.scope, { typed: input.typed })
      const bytes = Buffer.byteLength(JSON.stringify(value))
      if (bytes <= maxRenderedBytes) return { value }
      return { failure: `The rendered value has ${bytes} bytes; ${maxRenderedBytes} are the most in this place` }
    } catch (error) {
      if (!(error instanceof TaskError || error instanceof ExpressionError)) {
        deps.report(error, { tenantId, taskRunId: input.taskRunId })
      }
      return { failure: explain(error) }
    } finally {
      await opened.close()
    }
  }
}
