'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { commonText } from '#text/common'
import { dependenciesText } from '#text/dependencies'
import { Age } from '#ui/Age'
import { StateBadge } from '#ui/execution/StateBadge'
import { LoadProblem } from '#ui/LoadProblem'
import { SkeletonRows } from '#ui/ui/skeleton'
import { Table, Td, Th, Tr } from '#ui/ui/table'
import { useTenant } from '#web/components/tenant'
import { type Outputs, useTRPC } from '#web/components/trpc'
import type { Execution } from '#web/server/executions/execution'
import { filesOf } from './execution-files'
import { FileTable } from './FileTable'
import { LineageGraph } from './LineageGraph'

const refreshMs = 5_000

/** What led to an execution and what it led to, across flows; and the files that went in and out. */
export function DependenciesTab({ execution, isLive }: { execution: Execution; isLive: boolean }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const { id } = execution
  const options = { refetchInterval: isLive && refreshMs }
  const lineage = useQuery(trpc.execution.lineage.queryOptions({ tenant, id }, options))
  const { read, written } = filesOf(execution)
  if (lineage.isPending) return <SkeletonRows />
  if (lineage.isLoadingError) return <LoadProblem error={lineage.error} onRetry={() => lineage.refetch()} />
  const isAlone = lineage.data.executions.length === 1
  return (
    <div className="space-y-6 p-4 sm:p-6">
      <Part title={commonText.executions}>
        {isAlone ? (
          <p className="text-[13px] text-muted">{dependenciesText.noOtherExecution}</p>
        ) : (
          <>
            <LineageGraph lineage={lineage.data} id={id} />
            <LineageTable executions={lineage.data.executions} id={id} />
          </>
        )}
        {lineage.data.isCut && <p className="text-faint text-xs">{dependenciesText.firstAreShown}</p>}
      </Part>
      <Part title={dependenciesText.filesRead}>
        {read.length === 0 ? (
          <p className="text-[13px] text-muted">{dependenciesText.readsNoFile}</p>
        ) : (
          <FileTable files={read} executionId={id} by={dependenciesText.givenTo} />
        )}
      </Part>
      <Part title={dependenciesText.filesWritten}>
        {written.length === 0 ? (
          <p className="text-[13px] text-muted">{dependenciesText.writesNoFile}</p>
        ) : (
          <FileTable files={written} executionId={id} by={commonText.task} />
        )}
      </Part>
    </div>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="space-y-3">
      <h2 className="font-medium text-[13px] text-muted">{title}</h2>
      {children}
    </section>
  )
}

function LineageTable({ executions, id }: { executions: Outputs['execution']['lineage']['executions']; id: string }) {
  const tenant = useTenant()
  const flowOf = new Map(executions.map(execution => [execution.id, execution.flowId]))
  return (
    <Table>
      <thead>
        <tr>
          <Th>{commonText.execution}</Th>
          <Th>{commonText.flow}</Th>
          <Th className="hidden sm:table-cell">{dependenciesText.because}</Th>
          <Th>{dependenciesText.state}</Th>
          <Th className="hidden text-right sm:table-cell">{commonText.created}</Th>
        </tr>
      </thead>
      <tbody>
        {executions.map(({ id: key, namespace, flowId, state, createdAt, cause }) => (
          <Tr key={key} className={key === id ? 'bg-subtle' : undefined}>
            <Td>
              <Link
                href={`/${tenant}/executions/${key}?tab=dependencies`}
                aria-current={key === id ? 'page' : undefined}
                className="font-mono text-xs hover:text-accent hover:underline"
              >
                {key.slice(0, 8)}
              </Link>
            </Td>
            <Td className="max-w-56">
              <span className="block truncate font-medium">{flowId}</span>
              <span className="block truncate text-muted text-xs">{namespace}</span>
            </Td>
            <Td className="hidden text-muted sm:table-cell">
              {cause && dependenciesText.becauseOf[cause.kind](flowOf.get(cause.from))}
              {cause?.via && <span className="text-faint"> ({cause.via})</span>}
            </Td>
            <Td>
              <StateBadge state={state} />
            </Td>
            <Td className="hidden text-right text-muted sm:table-cell">
              <Age date={createdAt} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}
