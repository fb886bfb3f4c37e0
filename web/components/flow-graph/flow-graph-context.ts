import { createContext, type PointerEvent, useContext } from 'react'
import type { Marks } from './mark'

/** What the nodes of a flow's graph ask their graph. */
export type FlowGraphContextValue = {
  marks: Marks
  isEditable: boolean
  toggle(key: string): void
  /** Offers plugins for the place that the node of this key stands for. */
  onAdd(key: string): void
  onMenu(key: string, at: { x: number; y: number }): void
  /** A press on a task, which may become a drag. */
  onPress(key: string, event: PointerEvent): void
  /** Key of the place that a drag is over. */
  target: string | undefined
  /** What is being dragged. */
  dragged: { takes: 'task' | 'trigger'; key: string | undefined } | undefined
}

export const FlowGraphContext = createContext<FlowGraphContextValue>({
  marks: {},
  isEditable: false,
  toggle: () => undefined,
  onAdd: () => undefined,
  onMenu: () => undefined,
  onPress: () => undefined,
  target: undefined,
  dragged: undefined,
})

export function useFlowGraph(): FlowGraphContextValue {
  return useContext(FlowGraphContext)
}
