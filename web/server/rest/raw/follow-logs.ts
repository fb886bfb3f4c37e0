import { z } from 'zod'
import type { LogEntry } from '../../executions/execution'
import { followLogs as follow } from '../../executions/follow-logs'
import { requireExecution } from '../../executions/list-logs'
import { LineFilters } from '../../logs/log-filters'
import type { ScopedCall } from '../raw-routes'
import { readQuery } from '../read-query'
import { type ServerEvent, sseResponse } from '../sse'

const Position = z.string().regex(/^\d{1,19}$/, 'a position is a number')

const Query = LineFilters.extend({ after: Position.optional() })

/** An event per line, its `id` the line's position: a browser that connects again goes on after the last it saw. */
export async function followLogs({ scope, params, url, request }: ScopedCall): Promise<Response> {
  const query = Query.parse(readQuery(url.searchParams))
  const lastSeen = request.headers.get('last-event-id')
  const after = lastSeen === null ? query.after : Position.parse(lastSeen)
  const id = params.id ?? ''
  await requireExecution(scope, id)
  return sseResponse(signal => toEvents(follow(scope, { ...query, id, after }, signal)), request.signal)
}

async function* toEvents(lines: AsyncIterable<LogEntry>): AsyncGenerator<ServerEvent> {
  for await (const line of lines) yield { id: line.position, data: line }
  // Told apart from a broken connection, so that nobody connects again for nothing.
  yield { event: 'end', data: {} }
}
