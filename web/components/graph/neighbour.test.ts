import { describe, expect, test } from 'vitest'
import { bowPath, middleOf, roundedPath } from './edge-path'
import type { GraphNode, GraphShape, Layout } from './graph'
import { type Arrow, neighbourOf } from './neighbour'

const nodes: GraphNode[] = [
  { key: 'start', label: '', width: 100, height: 50 },
  { key: 'group', label: '', width: 100, height: 50, group: { header: 40, arrange: 'row' } },
  { key: 'left', label: '', parent: 'group', width: 100, height: 50 },
  { key: 'right', label: '', parent: 'group', width: 100, height: 50 },
  { key: 'end', label: '', width: 100, height: 50 },
  { key: 'open', label: '', width: 100, height: 50, group: { header: 40, arrange: 'row' } },
  {
    key: 'frame',
    label: '',
    parent: 'open',
    width: 100,
    height: 50,
    group: { header: 20, arrange: 'row' },
    isAside: true,
  },
  { key: 'framed', label: '', parent: 'frame', width: 100, height: 50 },
]
const shape: GraphShape = {
  nodes,
  edges: [
    { key: '1', from: 'start', to: 'group' },
    { key: '2', from: 'group', to: 'end' },
    { key: '3', from: 'start', to: 'end', isLoose: true },
  ],
  direction: 'DOWN',
}
const layout: Layout = {
  boxes: new Map([
    ['start', { x: 100, y: 0, width: 100, height: 50 }],
    ['group', { x: 0, y: 100, width: 300, height: 150 }],
    ['left', { x: 20, y: 160, width: 100, height: 50 }],
    ['right', { x: 180, y: 160, width: 100, height: 50 }],
    ['end', { x: 100, y: 300, width: 100, height: 50 }],
    ['open', { x: 900, y: 5, width: 300, height: 250 }],
    ['frame', { x: 920, y: 60, width: 260, height: 170 }],
    ['framed', { x: 940, y: 100, width: 100, height: 50 }],
  ]),
  routes: new Map(),
}

describe('an arrow key', () => {
  test.each<[string, Arrow, string | undefined]>([
    ['start', 'ArrowDown', 'group'],
    ['group', 'ArrowDown', 'left'],
    ['left', 'ArrowRight', 'right'],
    ['right', 'ArrowLeft', 'left'],
    ['left', 'ArrowDown', 'end'],
    ['end', 'ArrowUp', 'group'],
    ['open', 'ArrowDown', 'framed'],
    ['start', 'ArrowUp', undefined],
    ['nowhere', 'ArrowUp', undefined],
  ])('at %s, %s leads to %s', (key, arrow, to) => expect(neighbourOf(key, arrow, shape, layout)).toBe(to))
})

describe('a line', () => {
  const corner = [
    { x: 0, y: 0 },
    { x: 0, y: 100 },
    { x: 100, y: 100 },
  ]

  test('has round corners, smaller ones where there is no room', () => {
    expect(roundedPath(corner)).toBe('M 0 0 L 0 92 Q 0 100 8 100 L 100 100')
    expect(
      roundedPath([
        { x: 0, y: 0 },
        { x: 0, y: 4 },
        { x: 4, y: 4 },
      ]),
    ).toBe('M 0 0 L 0 2 Q 0 4 2 4 L 4 4')
    expect(roundedPath([])).toBe('')
  })

  test('has its middle half way along', () => {
    expect(middleOf(corner)).toEqual({ x: 0, y: 100 })
    expect(middleOf([])).toBeUndefined()
  })

  test('of no layout bows beside what it passes, whichever the direction', () => {
    const from = { x: 0, y: 0, width: 100, height: 50 }
    const down = bowPath(from, { x: 0, y: 200, width: 100, height: 50 }, 'DOWN')
    expect(down.path).toMatch(/^M 100 25 C /)
    expect(down.middle.x).toBeGreaterThan(100)
    const right = bowPath(from, { x: 200, y: 0, width: 100, height: 50 }, 'RIGHT')
    expect(right.path).toMatch(/^M 50 50 C /)
    expect(right.middle.y).toBeGreaterThan(50)
  })
})
