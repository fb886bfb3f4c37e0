import { describe, expect, test } from 'vitest'
import type { Direction, GraphNode } from './graph'
import { toFlowNodes } from './to-flow'

const node: GraphNode = { key: 'a', label: 'a', width: 200, height: 50 }
const box = { x: 30, y: 40, width: 200, height: 50 }

function draw(direction: Direction) {
  const placed = {
    shape: { nodes: [node], edges: [], direction },
    layout: { boxes: new Map([['a', box]]), routes: new Map() },
  }
  return toFlowNodes({ placed, selectedKey: undefined, renderNode: () => null }, new Map()).get('a')?.flowNode
}

describe('a node is known whole before it is drawn', () => {
  test.each([
    { direction: 'DOWN', target: { x: 95, y: -5 }, source: { x: 95, y: 45 } },
    { direction: 'RIGHT', target: { x: -5, y: 20 }, source: { x: 195, y: 20 } },
  ] as const)('$direction', ({ direction, target, source }) => {
    expect(draw(direction)).toMatchObject({
      measured: { width: 200, height: 50 },
      handles: [
        { type: 'target', width: 10, height: 10, ...target },
        { type: 'source', width: 10, height: 10, ...source },
      ],
    })
  })
})
