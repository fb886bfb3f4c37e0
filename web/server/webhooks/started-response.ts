import { renderDeep } from '#language/expressions/index'
import { ExpressionError, PendingCall } from '#language/expressions/types'
import type { JsonObject } from '#language/json'
import type { Execution } from '../executions/execution'

type Started = {
  /** The trigger as in the flow. */
  definition: JsonObject
  execution: Execution
  /** Of the pages. */
  origin: string
}

/** Kestra's answer to a call: the execution, or its outputs where the trigger says so; its status after waiting. */
export function startedResponse({ definition, execution, origin }: Started): Response {
  if (!isTrue(definition.wait)) return Response.json(summaryOf(execution, origin), { headers: noStore })
  const status = statusOf(definition.responseCode, execution)
  if (isEmptyStatus(status)) return new Response(null, { status, headers: noStore })
  if (!isTrue(definition.returnOutputs)) {
    return Response.json(summaryOf(execution, origin), { status, headers: noStore })
  }
  const type = definition.responseContentType === 'text/plain' ? 'text/plain; charset=utf-8' : 'application/json'
  const headers = { ...noStore, 'content-type': type, 'x-content-type-options': 'nosniff' }
  return new Response(JSON.stringify(execution.outputs ?? {}), { status, headers })
}

const noStore = { 'cache-control': 'no-store' }

function summaryOf(execution: Execution, origin: string): JsonObject {
  const { tenantId, id, namespace, flowId, flowRevision, trigger, outputs, labels, state } = execution
  const url = `${origin.replace(/\/$/, '')}/${tenantId}/executions/${id}`
  return { tenantId, id, namespace, flowId, flowRevision, trigger, outputs, labels, state, url } as JsonObject
}

/** What the trigger says, which may depend on the outputs; what makes no status counts as not said. */
function statusOf(written: unknown, execution: Execution): number {
  const code = Number(typeof written === 'string' ? render(written, execution) : written)
  if (Number.isInteger(code) && code >= 200 && code <= 599) return code
  return execution.state.current === 'FAILED' ? 500 : 200
}

function render(template: string, { outputs = {}, trigger, state, id }: Execution): unknown {
  const scope = { outputs, trigger: trigger?.variables ?? {}, execution: { id, state: state.current } }
  try {
    return renderDeep(template, scope, { nowMs: Date.now(), random: Math.random })
  } catch (error) {
    if (error instanceof ExpressionError || error instanceof PendingCall) return undefined
    throw error
  }
}

/** Statuses that go without a body. */
function isEmptyStatus(status: number): boolean {
  return status === 204 || status === 205 || status === 304
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true'
}
