import type { ElkNode } from 'elkjs/lib/elk-api'
import { gap, type Level } from './level'

/** A level as elk wants it: a flat graph. */
export function toElk({ nodes, edges, direction }: Level): ElkNode {
  return {
    id: rootId,
    children: nodes.map(({ key, width, height, isGroup }) => ({
      ...{ id: key, width, height },
      // Of groups beside each other the heads are in line.
      layoutOptions: { 'elk.alignment': isGroup ? (direction === 'DOWN' ? 'TOP' : 'LEFT') : 'CENTER' },
    })),
    edges: edges.map(({ key, from, to }) => ({ id: key, sources: [from], targets: [to] })),
    layoutOptions: {
      'elk.padding': '[top=0,left=0,bottom=0,right=0]',
      'elk.algorithm': 'layered',
      'elk.direction': direction,
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.separateConnectedComponents': 'false',
      'elk.spacing.nodeNode': `${gap.across}`,
      'elk.spacing.edgeNode': '20',
      'elk.layered.spacing.nodeNodeBetweenLayers': `${gap.along}`,
      'elk.layered.spacing.edgeNodeBetweenLayers': `${gap.turn}`,
      // Lines of a node begin and end at one point of it.
      'elk.layered.mergeEdges': 'true',
      'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
      'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
      // Siblings stand as they are written.
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
    },
  }
}

/** No key of a node is empty. */
const rootId = ''
