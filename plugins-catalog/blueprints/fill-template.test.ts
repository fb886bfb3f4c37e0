import { describe, expect, it } from 'vitest'
import { argumentsIn, fillTemplate } from './fill-template'

describe('fillTemplate', () => {
  it.each([
    ['id: load_<< arg.table >>', { table: 'orders' }, 'id: load_orders'],
    ['<<arg.a>>-<< arg.b >>', { a: 1, b: true }, '1-true'],
    ['<< arg.name | upper >>', { name: 'ada' }, 'ADA'],
    ['<< arg.list >>', { list: ['a', 'b'] }, '["a","b"]'],
    ['{{ inputs.x }} << arg.x >>', { x: 'y' }, '{{ inputs.x }} y'],
    ['cat <<EOF\n1 << 2 >> 3\nEOF', {}, 'cat <<EOF\n1 << 2 >> 3\nEOF'],
    ['<< arg.x >>', { x: '$& $1' }, '$& $1'],
    ['<< arg.x >>', { x: '<< arg.x >>' }, '<< arg.x >>'],
  ])('%j with %j', (template, values, filled) => {
    expect(fillTemplate(template, values)).toBe(filled)
  })

  it.each([
    ['<< arg.missing >>', /missing/],
    ["<< arg.x ~ secret('A') >>", /its arguments alone/],
    ['<< arg.x | nonsense >>', /nonsense/],
  ])('refuses %j', (template, message) => {
    expect(() => fillTemplate(template, { x: 'y' })).toThrow(message)
  })
})

it('argumentsIn finds each once, in order', () => {
  expect(argumentsIn('<< arg.b >> << arg.a | default(arg.c) >> <<arg.b>> << x >>')).toEqual(['b', 'a', 'c'])
})
