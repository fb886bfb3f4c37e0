'use client'

import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import type { FlowReading } from './flow-tools'
import { useViews } from './use-views'

export type FlowTools = typeof import('./flow-tools')

/** The language in the browser; undefined until it is loaded. */
export function useFlowTools(): FlowTools | undefined {
  return useQuery({
    queryKey: ['flow-tools'],
    queryFn: () => import('./flow-tools'),
    staleTime: Infinity,
    gcTime: Infinity,
  }).data
}

/** As `useFlowTools`; begins to load what the views are drawn with, too: the text may still be on its way. */
export function useWorkspaceCode(): FlowTools | undefined {
  const { views } = useViews()
  const hasGraph = views.includes('graph')
  useEffect(() => {
    void import('./WorkspacePanels')
    if (hasGraph) void import('#ui/flow-graph/FlowGraphView')
  }, [hasGraph])
  return useFlowTools()
}

/**
 * What a text says, as of its last state that could be read: `problem` tells that it is older than the text. Typing is
 * not held up by it.
 */
export function useFlowReading(
  text: string,
  tools: FlowTools | undefined,
): { reading: FlowReading | undefined; problem: FlowReading['problem'] } {
  const settled = useDeferredValue(text)
  const current = useMemo(() => tools?.readFlow(settled), [tools, settled])
  const [good, setGood] = useState<FlowReading>()
  if (current && !current.problem && current !== good) setGood(current)
  return { reading: current?.problem ? (good ?? current) : current, problem: current?.problem }
}
