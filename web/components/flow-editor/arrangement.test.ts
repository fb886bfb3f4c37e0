import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Arrangement,
  formatArrangement,
  join,
  movesOf,
  moveView,
  parseArrangement,
  putBelow,
  type Side,
  toggleView,
  viewsOf,
  withoutView,
} from './arrangement'
import { type View, viewNames } from './views'

function read(text: string): Arrangement {
  const arrangement = parseArrangement(text)
  if (!arrangement) throw new Error(`${text} names no view`)
  return arrangement
}

test.each([
  ['docs', 'docs'],
  ['graph,code', { along: 'columns', parts: ['graph', 'code'] }],
  ['graph+code', { along: 'rows', parts: ['graph', 'code'] }],
  ['code,graph+docs', { along: 'columns', parts: ['code', { along: 'rows', parts: ['graph', 'docs'] }] }],
  ['(code,graph)+docs', { along: 'rows', parts: [{ along: 'columns', parts: ['code', 'graph'] }, 'docs'] }],
])('%s is %j', (text, arrangement) => {
  expect(parseArrangement(text)).toEqual(arrangement)
  expect(formatArrangement(read(text))).toBe(text)
})

test.each([
  ['code,graph docs', 'code,graph+docs'],
  ['code,code,nonsense', 'code'],
  ['(code,graph),docs', 'code,graph,docs'],
  ['(code)+(graph+docs)', 'code+graph+docs'],
  ['((code,graph+docs', 'code,graph+docs'],
  [',+,code,+docs', 'code,docs'],
  ['code)graph', 'code'],
])('%s is read as %s', (text, same) => {
  expect(formatArrangement(read(text))).toBe(same)
})

test.each(['nonsense', '', '()', ',+', '('.repeat(5000), null, undefined])('%s names none', text => {
  expect(parseArrangement(text)).toBeUndefined()
})

test.each<[string, View, string]>([
  ['code,docs', 'graph', 'code,graph,docs'],
  ['code,graph', 'code', 'graph'],
  ['graph', 'graph', 'graph'],
  ['graph,code', 'docs', 'graph,code,docs'],
  ['code+graph', 'docs', 'code+graph,docs'],
  ['graph+docs', 'code', 'code,graph+docs'],
  ['code,graph+docs', 'graph', 'code,docs'],
  ['code,form+(graph,docs)', 'form', 'code,graph,docs'],
])('%s, with %s switched, is %s', (text, view, next) => {
  expect(formatArrangement(toggleView(read(text), view))).toBe(next)
})

test.each<[string, View, Side, string]>([
  ['code,graph,docs', 'graph', 'left', 'graph,code,docs'],
  ['code,graph,docs', 'graph', 'right', 'code,docs,graph'],
  ['code,graph,docs', 'code', 'left', 'code,graph,docs'],
  ['code,graph', 'code', 'down', 'graph+code'],
  ['code,form,graph', 'code', 'down', '(form,graph)+code'],
  ['code,graph+docs', 'docs', 'left', 'code,docs,graph'],
  ['code,graph+docs', 'docs', 'right', 'code,graph,docs'],
  ['code,graph+docs', 'docs', 'up', 'code,docs+graph'],
  ['code,graph+docs', 'code', 'right', 'graph+docs,code'],
  ['(code,graph)+docs', 'graph', 'down', 'code+graph+docs'],
  ['code+graph', 'graph', 'right', 'code,graph'],
  ['code,form+(graph,docs)', 'docs', 'right', 'code,form+graph,docs'],
])('in %s, %s goes %s: %s', (text, view, side, next) => {
  expect(formatArrangement(moveView(read(text), view, side))).toBe(next)
})

test.each<[string, View, View, string]>([
  ['code,graph', 'graph', 'code', 'code+graph'],
  ['code,graph,docs', 'code', 'docs', 'graph,docs+code'],
  ['code+graph,docs', 'docs', 'code', 'code+docs+graph'],
  ['code,graph+docs', 'graph', 'code', 'code+graph,docs'],
])('in %s, %s is put below %s: %s', (text, view, other, next) => {
  expect(formatArrangement(putBelow(read(text), view, other))).toBe(next)
})

test('a view is offered what changes something, and nothing twice', () => {
  const offered = (text: string, view: View) =>
    movesOf(read(text), view).map(move => `${move.kind}: ${formatArrangement(move.next)}`)
  expect(offered('code', 'code')).toEqual([])
  expect(offered('code,graph', 'graph')).toEqual(['left: graph,code', 'up: graph+code', 'down: code+graph'])
  expect(offered('code,form,graph', 'graph')).toEqual([
    'left: code,graph,form',
    'up: graph+(code,form)',
    'down: (code,form)+graph',
    'below: code+graph,form',
    'below: code,form+graph',
  ])
})

const arrangements = fc
  .tuple(fc.shuffledSubarray([...viewNames], { minLength: 1 }), fc.infiniteStream(fc.boolean()))
  .map(([views, choices]) => {
    const alongs = (is: boolean) => (is ? 'columns' : 'rows')
    const start: Arrangement = views[0] ?? 'code'
    return views.slice(1).reduce<Arrangement>((all, view) => {
      const next = choices.next().value ? [all, view] : [view, all]
      return join(alongs(choices.next().value === true), next) ?? all
    }, start)
  })

test('what is written is read back, and no move loses a view', () => {
  fc.assert(
    fc.property(arrangements, arrangement => {
      expect(parseArrangement(formatArrangement(arrangement))).toEqual(arrangement)
      const views = viewsOf(arrangement)
      for (const view of views) {
        for (const { next } of movesOf(arrangement, view)) {
          expect(viewsOf(next).toSorted()).toEqual(views.toSorted())
          expect(parseArrangement(formatArrangement(next))).toEqual(next)
        }
        const rest = withoutView(arrangement, view)
        expect(rest ? viewsOf(rest) : []).toEqual(views.filter(other => other !== view))
      }
    }),
  )
})
