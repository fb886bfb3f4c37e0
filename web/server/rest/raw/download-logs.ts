import { Readable } from 'node:stream'
import type { LogEntry } from '../../executions/execution'
import { readLogs, requireExecution } from '../../executions/list-logs'
import { LineFilters } from '../../logs/log-filters'
import { attachmentResponse } from '../attachment'
import type { ScopedCall } from '../raw-routes'
import { readQuery } from '../read-query'

const pageSize = 5000

/** Streams the lines of an execution that the filters leave, as text: time, level, task, message. */
export async function downloadLogs({ scope, params, url, request }: ScopedCall): Promise<Response> {
  const filters = LineFilters.parse(readQuery(url.searchParams))
  const id = params.id ?? ''
  await requireExecution(scope, id)
  async function* pages() {
    for (let after: string | undefined; ; ) {
      const lines = await readLogs(scope, { ...filters, id, after, limit: pageSize })
      if (lines.length > 0) yield Buffer.from(`${lines.map(toText).join('\n')}\n`)
      if (lines.length < pageSize) return
      after = lines.at(-1)?.position
    }
  }
  return attachmentResponse(Readable.from(pages()), { name: `${id}.log`, type: 'text/plain' }, request.signal)
}

function toText({ timestamp, level, taskId, message }: LogEntry): string {
  return `${timestamp} ${level.padEnd(5)} ${taskId ?? '-'} ${message}`
}
