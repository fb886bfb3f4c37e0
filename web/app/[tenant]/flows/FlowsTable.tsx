'use client'

import Link from 'next/link'
import { commonText } from '#text/common'
import { flowText } from '#text/flow'
import { Age } from '#ui/Age'
import { StateBadge } from '#ui/execution/StateBadge'
import { Table, Td, Th, Tr } from '#ui/ui/table'
import { useTenant } from '#web/components/tenant'
import type { Outputs } from '#web/components/trpc'

type FlowSummary = Outputs['flow']['list']['results'][number]

export function FlowsTable({ flows, onNamespace }: { flows: FlowSummary[]; onNamespace: (namespace: string) => void }) {
  return (
    <Table>
      <thead>
        <tr>
          <Th>{commonText.flow}</Th>
          <Th className="hidden sm:table-cell">{commonText.namespace}</Th>
          <Th>{flowText.lastExecution}</Th>
          <Th className="hidden md:table-cell">{flowText.revision}</Th>
          <Th className="hidden text-right sm:table-cell">{flowText.updated}</Th>
        </tr>
      </thead>
      <tbody>
        {flows.map(flow => (
          <FlowRow key={`${flow.namespace}/${flow.id}`} flow={flow} onNamespace={onNamespace} />
        ))}
      </tbody>
    </Table>
  )
}

function FlowRow({ flow, onNamespace }: { flow: FlowSummary; onNamespace: (namespace: string) => void }) {
  const tenant = useTenant()
  const { lastExecution } = flow
  return (
    <Tr>
      <Td className="max-w-44 sm:max-w-80">
        <Link
          href={`/${tenant}/flows/${flow.namespace}/${flow.id}`}
          className="block truncate font-medium hover:text-accent hover:underline"
        >
          {flow.id}
        </Link>
        <p className="truncate text-muted text-xs sm:hidden">{flow.namespace}</p>
        {flow.description && <p className="hidden truncate text-muted text-xs sm:block">{flow.description}</p>}
      </Td>
      <Td className="hidden sm:table-cell">
        <button
          type="button"
          className="text-muted hover:text-fg hover:underline"
          onClick={() => onNamespace(flow.namespace)}
        >
          {flow.namespace}
        </button>
      </Td>
      <Td>
        {lastExecution ? (
          <Link href={`/${tenant}/executions/${lastExecution.id}`} className="flex flex-wrap items-center gap-x-2">
            <StateBadge state={lastExecution.state} />
            <span className="text-muted text-xs">
              <Age date={lastExecution.createdAt} />
            </span>
          </Link>
        ) : (
          <span className="text-faint">{flowText.neverRun}</span>
        )}
      </Td>
      <Td className="hidden text-muted tabular-nums md:table-cell">{flow.revision}</Td>
      <Td className="hidden text-right text-muted sm:table-cell">
        <Age date={flow.updatedAt} />
      </Td>
    </Tr>
  )
}
