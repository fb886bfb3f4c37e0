'use client'

import Link from 'next/link'
import { commonText } from '#text/common'
import { executionText } from '#text/execution'
import { Age } from '#ui/Age'
import { Table, Td, Th, Tr } from '#ui/ui/table'
import { useTenant } from '#web/components/tenant'
import type { Execution } from '#web/server/executions/execution'
import type { QueuePlace } from '#web/server/executions/queue-places'
import type { Selection } from './bulk/use-selection'
import { Duration } from './Duration'
import { LabelList } from './LabelList'
import { placeText } from './queue-place'
import { StateBadge } from './StateBadge'
import { useQueuePlaces } from './use-queue-places'

type TableProps = { executions: Execution[]; showsFlow: boolean; selection: Selection }

export function ExecutionTable({ executions, showsFlow, selection }: TableProps) {
  const places = useQueuePlaces(executions)
  const shown = executions.map(({ id }) => id)
  const isAllShown = shown.every(id => selection.ids.has(id))
  return (
    <Table>
      <thead>
        <tr>
          <Th className="w-8">
            <input
              type="checkbox"
              aria-label={executionText.chooseAllOnPage}
              checked={isAllShown}
              onChange={() => selection.setShown(shown, !isAllShown)}
            />
          </Th>
          <Th>{commonText.execution}</Th>
          {showsFlow && <Th>{commonText.flow}</Th>}
          <Th className="hidden sm:table-cell">{executionText.state}</Th>
          <Th className="hidden text-right sm:table-cell">{commonText.duration}</Th>
          <Th className="hidden lg:table-cell">{executionText.labels}</Th>
          <Th className="hidden md:table-cell">{executionText.revision}</Th>
          <Th className="text-right">{executionText.started}</Th>
        </tr>
      </thead>
      <tbody>
        {executions.map(execution => (
          <ExecutionRow
            key={execution.id}
            execution={execution}
            showsFlow={showsFlow}
            place={places.get(execution.id)}
            selection={selection}
          />
        ))}
      </tbody>
    </Table>
  )
}

type RowProps = { execution: Execution; showsFlow: boolean; place: QueuePlace | undefined; selection: Selection }

function ExecutionRow({ execution, showsFlow, place, selection }: RowProps) {
  const tenant = useTenant()
  const { id, namespace, flowId, flowRevision, state, labels, kind } = execution
  return (
    <Tr>
      <Td className="w-8">
        <input
          type="checkbox"
          aria-label={executionText.chooseNamed(id.slice(0, 8))}
          checked={selection.isAllMatching || selection.ids.has(id)}
          onChange={() => selection.toggle(id)}
        />
      </Td>
      <Td>
        <Link
          href={`/${tenant}/executions/${id}`}
          className="font-mono text-xs hover:text-accent hover:underline"
          title={id}
        >
          {id.slice(0, 8)}
        </Link>
        {kind !== 'NORMAL' && <span className="block text-faint text-xs">{kind.toLowerCase()}</span>}
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
        {place && <p className="mt-0.5 text-muted text-xs">{placeText(place)}</p>}
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
