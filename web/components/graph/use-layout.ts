import { useEffect, useMemo, useRef, useState } from 'react'
import { arrangeByElk } from './elk'
import type { GraphNode, GraphShape, Layout } from './graph'
import { layOut } from './lay-out'

export type Placed<Node extends GraphNode> = { shape: Shape<Node>; layout: Layout }
export type Shape<Node extends GraphNode> = GraphShape & { nodes: readonly Node[] }

/**
 * The graph with a place for each node. While a changed graph is being laid out, the one before stays; what does not
 * change the layout (a name, a state) shows at once.
 */
export function useLayout<Node extends GraphNode>(shape: Shape<Node>): Placed<Node> | undefined {
  const [placed, setPlaced] = useState<Placed<Node> & { signature: string }>()
  const wanted = useRef<{ shape: Shape<Node>; signature: string }>(undefined)
  const isBusy = useRef(false)
  const signature = useMemo(() => signatureOf(shape), [shape])
  const latest = useRef(shape)
  latest.current = shape

  useEffect(() => {
    wanted.current = { shape: latest.current, signature }
    if (isBusy.current) return
    isBusy.current = true
    void layOutWanted().finally(() => {
      isBusy.current = false
    })

    /** One after the other, and none that a newer one has overtaken before it began. */
    async function layOutWanted(): Promise<void> {
      for (let next = wanted.current; next; next = wanted.current) {
        wanted.current = undefined
        const layout = await layOut(next.shape, arrangeByElk)
        setPlaced({ ...next, layout })
      }
    }
  }, [signature])

  return useMemo(() => {
    if (!placed) return undefined
    return { layout: placed.layout, shape: placed.signature === signature ? shape : placed.shape }
  }, [placed, shape, signature])
}

/** All that a layout depends on. */
function signatureOf({ nodes, edges, direction }: GraphShape): string {
  return JSON.stringify([
    direction,
    nodes.map(({ key, parent, width, height, group }) => [key, parent, width, height, group?.header, group?.arrange]),
    edges.map(({ key, from, to, isLoose }) => [key, from, to, isLoose]),
  ])
}
