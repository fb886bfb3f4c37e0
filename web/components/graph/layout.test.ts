import ELK from 'elkjs/lib/elk.bundled.js'
import { describe, expect, test } from 'vitest'
import { fromElk } from './from-elk'
import type { GraphEdge, GraphNode, GraphShape } from './graph'
import { groupPadding, layOut as layOutBy } from './lay-out'
import { type Arranged, type Level, listBy } from './level'
import { toElk } from './to-elk'

const engine = new ELK()
const byElk = async (level: Level): Promise<Arranged> => fromElk(await engine.layout(toElk(level)))

function layOut(shape: Omit<GraphShape, 'direction'>, direction: GraphShape['direction'] = 'DOWN') {
  return layOutBy({ ...shape, direction }, byElk)
}

function noEngine(): Promise<Arranged> {
  throw new Error('it is plain')
}

function node(key: string, parent?: string, group?: GraphNode['group']): GraphNode {
  return { key, label: key, parent, width: 200, height: 50, group }
}

function edge(from: string, to: string, more: Partial<GraphEdge> = {}): GraphEdge {
  return { key: `${from}>${to}`, from, to, ...more }
}

describe('a layout', () => {
  test('puts what follows below, or to the right', async () => {
    const shape = { nodes: [node('a'), node('b')], edges: [edge('a', 'b')] }
    const down = await layOut(shape)
    expect(down.boxes.get('b')?.y).toBeGreaterThan((down.boxes.get('a')?.y ?? 0) + 50)
    expect(down.boxes.get('b')?.x).toBe(down.boxes.get('a')?.x)
    const right = await layOut(shape, 'RIGHT')
    expect(right.boxes.get('b')?.x).toBeGreaterThan((right.boxes.get('a')?.x ?? 0) + 200)
  })

  test('keeps what a group holds inside it, below its header, in the coordinates of the whole', async () => {
    const nodes = [
      node('first'),
      node('group', undefined, { header: 40, arrange: 'layers' }),
      node('inner', 'group', { header: 30, arrange: 'layers' }),
      node('a', 'inner'),
      node('b', 'inner'),
    ]
    const { boxes, routes } = await layOut({ nodes, edges: [edge('first', 'group'), edge('a', 'b')] })
    const group = boxes.get('group')
    const inner = boxes.get('inner')
    const a = boxes.get('a')
    const b = boxes.get('b')
    if (!group || !inner || !a || !b) throw new Error('all have a box')
    expect(inner.y).toBe(group.y + 40 + groupPadding)
    expect(a.y).toBe(inner.y + 30 + groupPadding)
    expect(b.y + b.height).toBeLessThan(inner.y + inner.height)
    expect(inner.x + inner.width).toBeLessThan(group.x + group.width)
    expect(routes.get('a>b')?.[0]).toEqual({ x: a.x + 100, y: a.y + 50 })
    expect(routes.get('a>b')?.at(-1)).toEqual({ x: b.x + 100, y: b.y })
  })

  test.each(['row', 'tiles'] as const)('a %s keeps the order that is written', async arrange => {
    const keys = Array.from({ length: arrange === 'row' ? 5 : 12 }, (_, index) => `n${index}`)
    const nodes = [node('group', undefined, { header: 40, arrange }), ...keys.map(key => node(key, 'group'))]
    const { boxes } = await layOut({ nodes, edges: [] })
    const read = keys.map(key => boxes.get(key) ?? { x: 0, y: 0 })
    expect(read.toSorted((a, b) => a.y - b.y || a.x - b.x)).toEqual(read)
    if (arrange === 'row') expect(new Set(read.map(({ y }) => y)).size).toBe(1)
  })

  test('loose edges, and those that leave a group, have no say', async () => {
    const nodes = [node('group', undefined, { header: 40, arrange: 'row' }), node('a', 'group'), node('b')]
    const { routes } = await layOut({ nodes, edges: [edge('a', 'b'), edge('group', 'b', { isLoose: true })] })
    expect([...routes.keys()]).toEqual([])
  })

  test('hundreds of tasks are placed at once', async () => {
    const keys = Array.from({ length: 500 }, (_, index) => `n${index}`)
    const edges = keys.slice(1).map((key, index) => edge(`n${index}`, key))
    const { boxes } = await layOut({ nodes: keys.map(key => node(key)), edges })
    expect(boxes.size).toBe(500)
  })

  test.each([
    { what: 'nothing', nodes: [], edges: [] },
    { what: 'a list', nodes: [node('a'), node('b'), node('c')], edges: [edge('a', 'b'), edge('b', 'c')] },
    { what: 'a row', nodes: [node('a'), node('b')], edges: [] },
    {
      what: 'triggers before a task',
      nodes: ['t', 'u', 'a', 'b'].map(key => node(key)),
      edges: [edge('t', 'a'), edge('u', 'a'), edge('a', 'b')],
    },
    {
      what: 'a group in a list',
      nodes: [node('a'), node('g', undefined, { header: 40, arrange: 'layers' }), node('x', 'g'), node('b')],
      edges: [edge('a', 'g'), edge('g', 'b')],
    },
  ])('of $what is the same without the engine, in both directions', async ({ nodes, edges }) => {
    for (const direction of ['DOWN', 'RIGHT'] as const) {
      const plain = await layOutBy({ nodes, edges, direction }, noEngine)
      const inside = listBy(nodes, ({ parent }) => parent)
      const parts = (inside.get(undefined) ?? []).map(({ key, group }) => {
        const { width, height } = plain.boxes.get(key) ?? { width: 0, height: 0 }
        return { key, width, height, isGroup: group !== undefined }
      })
      const { boxes, routes } = await byElk({ arrange: 'layers', direction, nodes: parts, edges })
      for (const { key } of parts) expect([key, plain.boxes.get(key)]).toEqual([key, boxes.get(key)])
      expect(plain.routes).toEqual(routes)
    }
  })

  test.each([
    { what: 'a way that is shorter', edges: [edge('a', 'b'), edge('b', 'c'), edge('a', 'c')] },
    { what: 'a circle', edges: [edge('a', 'b'), edge('b', 'a')] },
    { what: 'a circle after a start', edges: [edge('a', 'b'), edge('b', 'c'), edge('c', 'b')] },
    { what: 'one that stands alone beside others', edges: [edge('a', 'b')] },
    { what: 'ways that cross', edges: ['a', 'b'].flatMap(from => ['c', 'd'].map(to => edge(from, to))) },
  ])('of $what is left to the engine', async ({ edges }) => {
    const nodes = ['a', 'b', 'c', 'd'].map(key => node(key))
    await expect(layOutBy({ nodes, edges, direction: 'DOWN' }, noEngine)).rejects.toThrow('it is plain')
    expect((await layOut({ nodes, edges })).boxes.size).toBe(4)
  })
})
