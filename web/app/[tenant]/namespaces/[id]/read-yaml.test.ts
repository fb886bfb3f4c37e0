import { expect, test } from 'vitest'
import { readYaml } from './read-yaml'

test.each<[string, 'map' | 'list', unknown]>([
  ['', 'map', { value: {} }],
  ['# only this', 'list', { value: [] }],
  ['a: 1\nb: [x]', 'map', { value: { a: 1, b: ['x'] } }],
  ['- type: x', 'list', { value: [{ type: 'x' }] }],
  ['- a', 'map', { problem: expect.stringMatching(/a map/) }],
  ['a: 1', 'list', { problem: expect.stringMatching(/a list/) }],
  ['word', 'map', { problem: expect.stringMatching(/a map/) }],
  ['a: 1\na: 2', 'map', { problem: expect.stringMatching(/^Line 2, column 1: /) }],
  ['a: [', 'map', { problem: expect.stringMatching(/^Line 1/) }],
])('%j as a %s', (text, kind, expected) => expect(readYaml(text, kind)).toEqual(expected))
