import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changeBetween, withChange } from './text-change'
import { changeText, redoChange, startHistory, type TextHistory, undoChange } from './text-history'

const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', ' ', '😀'), maxLength: 12 })

test('a change leads from one text to the other', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const change = changeBetween(before, after)
      expect(change === undefined ? before : withChange(before, change)).toBe(after)
    }),
  )
})

test('undo leads back through every text, redo forward again', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 8 }), texts => {
      const states: TextHistory[] = [startHistory('start')]
      for (const next of texts) states.push(changeText(states.at(-1)!, next))
      const steps = states.filter(({ text }, index) => text !== states[index - 1]?.text)
      let history = states.at(-1)!
      for (const { text } of steps.toReversed()) {
        expect(history.text).toBe(text)
        history = undoChange(history)
      }
      for (const { text } of steps.slice(1)) {
        history = redoChange(history)
        expect(history.text).toBe(text)
      }
    }),
  )
})

function type(history: TextHistory, texts: string[], everyMs: number): TextHistory {
  return texts.reduce((grown, next, index) => changeText(grown, next, index * everyMs), history)
}

test.each([
  ['letters typed on are one step', ['a', 'ab', 'abc'], 100, ''],
  ['letters taken back one after the other are one step', ['abc', 'ab', 'a', ''], 100, 'abc'],
  ['a pause begins a new step', ['a', 'ab'], 5000, 'a'],
  ['so does a new line', ['a', 'a\n'], 100, 'a'],
  ['and another place', ['ab', 'ab c', 'xab c'], 100, 'ab c'],
])('%s', (_name, texts, everyMs, undone) => {
  expect(undoChange(type(startHistory(''), texts, everyMs)).text).toBe(undone)
})

test('what a form or the graph changes is a step of its own', () => {
  const typed = changeText(startHistory(''), 'a', 0)
  expect(undoChange(changeText(typed, 'ab')).text).toBe('a')
})

test('a new change ends what could be redone', () => {
  const history = changeText(undoChange(changeText(startHistory('a'), 'b')), 'c')
  expect(redoChange(history)).toBe(history)
})
