'use client'

import { useState } from 'react'
import type { FlowReading } from './flow-tools'
import { type FlowNode, nodeOfKey, nodeOfLine } from './nodes'

export type Selection = {
  /** None stands for the flow itself. */
  node: FlowNode | undefined
  select: (key: string | undefined) => void
  /** What stands at a line of the text, from 1. */
  selectLine: (line: number) => void
}

/** Which task or trigger all views are about. */
export function useSelection(reading: FlowReading | undefined): Selection {
  const [key, select] = useState<string>()
  return {
    node: reading && nodeOfKey(reading.topology, key),
    select,
    selectLine(line) {
      if (reading) select(nodeOfLine(reading.topology, reading.source, line)?.node.key)
    },
  }
}
