'use client'

import dynamic from 'next/dynamic'
import { GraphLoading } from '#ui/graph/GraphLoading'
import type { FlowGraphProps } from './FlowGraphView'

export type { FlowGraphProps }

/** The graph of a flow; with `edit`, one that is drawn by hand. Its code is loaded when first shown. */
export const FlowGraph = dynamic<FlowGraphProps>(() => import('./FlowGraphView').then(module => module.FlowGraphView), {
  ssr: false,
  loading: GraphLoading,
})
