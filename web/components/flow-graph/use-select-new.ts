import { useEffect, useEffectEvent, useRef } from 'react'
import type { Topology } from '#language/graph/topology'
import type { TopologyIndex } from './topology-index'

/** Selects what the next change of the topology adds, once its returned function was called before that change. */
export function useSelectNew(
  topology: Topology,
  index: TopologyIndex,
  onSelect: ((key: string | undefined) => void) | undefined,
): () => void {
  const before = useRef<TopologyIndex>(undefined)
  const select = useEffectEvent((known: TopologyIndex) => {
    const keys = [...index.triggers.keys(), ...index.tasks.keys()]
    const added = keys.find(key => !known.tasks.has(key) && !known.triggers.has(key))
    if (added === undefined) return
    before.current = undefined
    onSelect?.(added)
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the topology is what it waits for
  useEffect(() => {
    if (before.current) select(before.current)
  }, [topology])
  return () => {
    before.current = index
  }
}
