'use client'

import { graphText } from '#text/graph'
import { GraphLoading } from '#ui/graph/GraphLoading'
import { FlowGraph } from './FlowGraph'
import { useTopology } from './use-topology'

/** A small picture of a flow's text, as large as what it is put in. */
export function FlowPreview({ source }: { source: string }) {
  const topology = useTopology(source)
  if (topology === undefined) return <GraphLoading />
  if (topology === null)
    return <p className="grid h-full place-items-center text-muted text-xs">{graphText.nothingToDraw}</p>
  return <FlowGraph topology={topology} isStill />
}
