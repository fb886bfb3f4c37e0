import { type ExecutionEvent, followExecution as follow } from '../../executions/follow-execution'
import { getExecution } from '../../executions/get-execution'
import type { ScopedCall } from '../raw-routes'
import { type ServerEvent, sseResponse } from '../sse'

/** Events `start`, `progress` and `end`, named by `id` as Kestra does and by `event` as browsers expect. */
export async function followExecution({ scope, params, request }: ScopedCall): Promise<Response> {
  const id = params.id ?? ''
  // A missing execution is 404 before any event.
  await getExecution(scope, id)
  return sseResponse(signal => toEvents(follow(scope, id, signal)), request.signal)
}

async function* toEvents(events: AsyncIterable<ExecutionEvent>): AsyncGenerator<ServerEvent> {
  for await (const { kind, execution } of events) yield { event: kind, id: kind, data: execution }
}
