'use client'

import Link from 'next/link'
import { commonText } from '#text/common'
import { executionText } from '#text/execution'
import { Table, Td, Th, Tr } from '#ui/ui/table'
import { useTenant } from '#web/components/tenant'
import type { ConcurrencyLimit } from '#web/server/concurrency/concurrency-limit'

const behaviors: Record<ConcurrencyLimit['behavior'], string> = {
  QUEUE: executionText.othersWait,
  CANCEL: executionText.othersAreCancelled,
  FAIL: executionText.othersFail,
}

export function LimitsTable({ limits }: { limits: ConcurrencyLimit[] }) {
  return (
    <Table>
      <thead>
        <tr>
          <Th>{commonText.flow}</Th>
          <Th className="text-right">{executionText.running}</Th>
          <Th className="text-right">{executionText.limit}</Th>
          <Th className="text-right">{executionText.waiting}</Th>
          <Th className="hidden sm:table-cell">{executionText.moreThanThat}</Th>
        </tr>
      </thead>
      <tbody>
        {limits.map(limit => (
          <LimitRow key={`${limit.namespace}/${limit.flowId}`} limit={limit} />
        ))}
      </tbody>
    </Table>
  )
}

function LimitRow({ limit: { namespace, flowId, running, limit, waiting, behavior } }: { limit: ConcurrencyLimit }) {
  const tenant = useTenant()
  const flow = `/${tenant}/flows/${namespace}/${flowId}`
  return (
    <Tr>
      <Td className="max-w-64">
        <Link href={flow} className="block truncate font-medium hover:text-accent hover:underline">
          {flowId}
        </Link>
        <p className="truncate text-muted text-xs">{namespace}</p>
      </Td>
      <Td className={`text-right tabular-nums ${running >= limit ? 'font-medium text-warning' : ''}`}>{running}</Td>
      <Td className="text-right tabular-nums">{limit}</Td>
      <Td className="text-right tabular-nums">
        {waiting === 0 ? (
          <span className="text-faint">0</span>
        ) : (
          <Link href={`${flow}?tab=executions&state=QUEUED`} className="hover:text-accent hover:underline">
            {waiting}
          </Link>
        )}
      </Td>
      <Td className="hidden text-muted sm:table-cell">{behaviors[behavior]}</Td>
    </Tr>
  )
}
