'use client'

import Link from 'next/link'
import { Age } from '#ui/Age'
import { Table, Td, Th, Tr } from '#ui/ui/table'
import { useTenant } from '#web/components/tenant'
import type { Execution } from '#web/server/executions/execution'
import { Duration } from './Duration'
import { LabelList } from './LabelList'
import { StateBadge } from './StateBadge'

export function ExecutionTable({ executions, showsFlow }: { executions: Execution[]; showsFlow: boolean }) {
  return (
    <Table>
      <thead>
        <tr>
          <Th>Execution</Th>
          {showsFlow && <Th>Flow</Th>}
          <Th className="hidden sm:table-cell">State</Th>
          <Th className="hidden text-right sm:table-cell">Duration</Th>
          <Th className="hidden lg:table-cell">Labels</Th>
          <Th className="hidden md:table-cell">Revision</Th>
          <Th className="text-right">Started</Th>
        </tr>
      </thead>
      <tbody>
        {executions.map(execution => (
          <ExecutionRow key={execution.id} execution={execution} showsFlow={showsFlow} />
        ))}
      </tbody>
    </Table>
  )
}

function ExecutionRow({ execution, showsFlow }: { execution: Execution; showsFlow: boolean }) {
  const tenant = useTenant()
  const { id, namespace, flowId, flowRevision, state, labels } = execution
  return (
    <Tr>
      <Td>
        <Link
          href={`/${tenant}/executions/${id}`}
          className="font-mono text-xs hover:text-accent hover:underline"
          title={id}
        >
          {id.slice(0, 8)}
        </Link>
        <span className="mt-1 flex items-center gap-2 sm:hidden">
          <StateBadge state={state.current} />
        </span>
      </Td>
      {showsFlow && (
        <Td className="max-w-64">
          <Link
            href={`/${tenant}/flows/${namespace}/${flowId}`}
            className="block truncate font-medium hover:text-accent hover:underline"
          >
            {flowId}
          </Link>
          <p className="truncate text-muted text-xs">{namespace}</p>
        </Td>
      )}
      <Td className="hidden sm:table-cell">
        <StateBadge state={state.current} />
      </Td>
      <Td className="hidden text-right text-muted sm:table-cell">
        <Duration state={state} />
      </Td>
      <Td className="hidden max-w-64 lg:table-cell">
        <LabelList labels={labels} />
      </Td>
      <Td className="hidden text-muted tabular-nums md:table-cell">{flowRevision}</Td>
      <Td className="text-right text-muted">
        <Age date={state.startDate} />
      </Td>
    </Tr>
  )
}
