import { describe, expect, it } from 'vitest'
import { blueprints } from '#catalog/blueprints/index'
import { partsOf } from './yaml-parts'

describe('partsOf', () => {
  it.each([
    ['id: a', ['key id:', 'text  a']],
    ['  - id: t # why', ['text   - ', 'key id:', 'text  t ', 'comment # why']],
    ['# whole line', ['comment # whole line']],
    ['x: "{{ a }} # b"', ['key x:', 'text  "', 'expression {{ a }}', 'text  ', 'comment # b"']],
    ['id: << arg.x >>_y', ['key id:', 'text  ', 'expression << arg.x >>', 'text _y']],
    ['url: https://a.b/#c', ['key url:', 'text  https://a.b/#c']],
    ['', []],
  ])('%j', (line, parts) => {
    expect(partsOf(line).map(({ kind, text }) => `${kind} ${text}`)).toEqual(parts)
  })

  it('loses nothing of any blueprint', () => {
    for (const line of blueprints.flatMap(({ source }) => source.split('\n'))) {
      expect(
        partsOf(line)
          .map(({ text }) => text)
          .join(''),
      ).toBe(line)
    }
  })
})
