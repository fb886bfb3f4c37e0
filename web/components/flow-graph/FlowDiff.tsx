'use client'

import { useMemo, useState } from 'react'
import { graphText } from '#text/graph'
import { GraphLoading } from '#ui/graph/GraphLoading'
import { diffTopology } from './diff-topology'
import { FlowGraph } from './FlowGraph'
import { useTopology } from './use-topology'

/** What changed from one text of a flow to another, on its graph. */
export function FlowDiff({ before, after }: { before: string | undefined; after: string }) {
  const [selectedKey, setSelectedKey] = useState<string>()
  const old = useTopology(before ?? after)
  const now = useTopology(after)
  const diff = useMemo(() => {
    if (!old || !now) return undefined
    return diffTopology({ source: before ?? after, topology: old }, { source: after, topology: now })
  }, [before, after, old, now])
  if (now === undefined) return <GraphLoading />
  if (!diff) return <p className="p-6 text-[13px] text-muted">{graphText.revisionCantBeDrawn}</p>
  const hasChange = Object.keys(diff.marks).length > 0
  return (
    <FlowGraph
      topology={diff.topology}
      marks={diff.marks}
      selectedKey={selectedKey}
      onSelect={setSelectedKey}
      note={before !== undefined && !hasChange ? graphText.nothingDrawnChanged : undefined}
    />
  )
}
