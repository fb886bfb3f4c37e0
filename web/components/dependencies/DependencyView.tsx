'use client'

import { ArrowRight, Waypoints } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { commonText } from '#text/common'
import { dependenciesText } from '#text/dependencies'
import { Graph } from '#ui/graph/Graph'
import { EmptyState } from '#ui/ui/empty-state'
import { Table, Td, Th, Tr } from '#ui/ui/table'
import { useTenant } from '#web/components/tenant'
import type { Outputs } from '#web/components/trpc'
import { type Dependency, flowOf, labelOf, toDependencyGraph } from './dependency-graph'

type Props = { found: Outputs['namespace']['dependencies']; home?: string }

/** Which flows call or start which: as a graph, and as a table for those who don't see it. */
export function DependencyView({ found: { results, undecided }, home }: Props) {
  if (results.length + undecided.length === 0) {
    return (
      <EmptyState
        icon={Waypoints}
        title={dependenciesText.theseFlowsStandAlone}
        text={dependenciesText.whenFlowsDepend}
      />
    )
  }
  return (
    <>
      {results.length > 0 && <DependencyGraph dependencies={results} />}
      {results.length > 0 && <DependencyTable dependencies={results} home={home} />}
      {undecided.length > 0 && (
        <p className="p-4 text-[13px] text-muted sm:px-6">
          {dependenciesText.decidedWhenRun(
            undecided.map(({ namespace, id, via }) => `${namespace}.${id} (${via})`).join(', '),
          )}
        </p>
      )}
    </>
  )
}

function DependencyGraph({ dependencies }: { dependencies: Dependency[] }) {
  const tenant = useTenant()
  const router = useRouter()
  const [selectedKey, setSelectedKey] = useState<string>()
  const { nodes, edges } = useMemo(() => toDependencyGraph(dependencies), [dependencies])
  function open(key: string) {
    const flow = flowOf(key)
    if (flow) router.push(`/${tenant}/flows/${flow.namespace}/${flow.id}`)
  }
  return (
    <figure className="border-b">
      <div className="h-[min(60vh,32rem)]">
        <Graph
          label={dependenciesText.graphOfFlows}
          nodes={nodes}
          edges={edges}
          direction="RIGHT"
          selectedKey={selectedKey}
          onSelect={setSelectedKey}
          onOpen={open}
        />
      </div>
      <figcaption className="flex flex-wrap gap-x-5 gap-y-1 border-t px-4 py-2 text-muted text-xs sm:px-6">
        <span className="flex items-center gap-2">
          <span className="w-6 border-line-strong border-t-2" aria-hidden /> {dependenciesText.kinds.calls}
        </span>
        <span className="flex items-center gap-2">
          <span className="w-6 border-line-strong border-t-2 border-dashed" aria-hidden />{' '}
          {dependenciesText.kinds.starts}
        </span>
        <span>{dependenciesText.howToOpen}</span>
      </figcaption>
    </figure>
  )
}

function DependencyTable({ dependencies, home }: { dependencies: Dependency[]; home: string | undefined }) {
  return (
    <Table>
      <thead>
        <tr>
          <Th>{commonText.flow}</Th>
          <Th>{dependenciesText.doesWhat}</Th>
          <Th>{commonText.flow}</Th>
          <Th className="hidden sm:table-cell">{dependenciesText.byTaskOrTrigger}</Th>
        </tr>
      </thead>
      <tbody>
        {dependencies.map(dependency => (
          <Tr key={JSON.stringify(dependency)}>
            <Td>
              <FlowLink name={dependency.from} home={home} />
            </Td>
            <Td className="whitespace-nowrap text-muted">
              {dependenciesText.kinds[dependency.kind]} <ArrowRight className="inline size-3.5" aria-hidden />
            </Td>
            <Td>
              <FlowLink name={dependency.to} home={home} />
            </Td>
            <Td className="hidden font-mono text-muted text-xs sm:table-cell">{dependency.via}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}

function FlowLink({ name, home }: { name: Dependency['from']; home: string | undefined }) {
  const tenant = useTenant()
  if (name.id === '*') return <span className="break-all">{labelOf(name)}</span>
  return (
    <Link
      href={`/${tenant}/flows/${name.namespace}/${name.id}`}
      className="break-all font-medium hover:text-accent hover:underline"
    >
      {labelOf(name, home)}
    </Link>
  )
}
