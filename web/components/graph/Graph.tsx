'use client'

import dynamic from 'next/dynamic'
import type { GraphCanvasProps } from './GraphCanvas'
import { GraphLoading } from './GraphLoading'
import type { GraphNode } from './graph'

/** The canvas of every graph; its code is loaded when first shown. */
export const Graph = dynamic<GraphCanvasProps<GraphNode>>(
  () => import('./GraphCanvas').then(module => module.GraphCanvas),
  { ssr: false, loading: GraphLoading },
)
