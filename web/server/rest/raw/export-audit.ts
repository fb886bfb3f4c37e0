import { Readable } from 'node:stream'
import { ListAudit, listAudit } from '../../audit/list-audit'
import { attachmentResponse } from '../attachment'
import type { ScopedCall } from '../raw-routes'
import { readQuery } from '../read-query'

/** A line of JSON per entry, the newest first, as the list of the same filters has them. */
export async function exportAudit({ scope, request }: ScopedCall): Promise<Response> {
  const filters = ListAudit.parse({
    ...readQuery(new URL(request.url).searchParams),
    tenant: scope.tenant,
    limit: pageSize,
  })
  async function* lines() {
    for (let { cursor } = filters; ; ) {
      const entries = await listAudit(scope, { ...filters, cursor })
      for (const entry of entries) yield Buffer.from(`${JSON.stringify(entry)}\n`)
      if (entries.length < pageSize) return
      cursor = entries.at(-1)?.position
    }
  }
  const name = `${scope.tenant}-audit-${new Date().toISOString().slice(0, 10)}.jsonl`
  return attachmentResponse(Readable.from(lines()), { name, type: 'application/jsonl' }, request.signal)
}

const pageSize = 1000
