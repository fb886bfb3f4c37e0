import { describe } from 'vitest'
import { errorsTable, valuesTable } from '../testing'

const scope = { list: [3, 1, 2], words: ['b', 'a'], map: { a: 1, b: null }, none: null, big: { x: { y: 1 } } }

describe('filters on lists and maps', () => {
  valuesTable(
    [
      ['list | chunk(2)', [[3, 1], [2]]],
      ['[] | chunk(2)', []],
      ['missing | default("d")', 'd'],
      ['map.zzz | default(default=0)', 0],
      ['"" | default("d")', 'd'],
      ['[] | default("d")', 'd'],
      ['0 | default("d")', 0],
      ['false | default("d")', false],
      ['big.x.y | default(2)', 1],
      ['[1, "1", 1, {"a": 1}, {"a": 1}, null, null] | distinct', [1, '1', { a: 1 }, null]],
      ['list | first', 3],
      ['list | last', 2],
      ['"abc" | first', 'a'],
      ['"abc" | last', 'c'],
      ['[] | first', null],
      ['[[1], 2, [[3]]] | flatten', [1, 2, [3]]],
      ['list | join', '312'],
      ['["a", null, {"k": 1}] | join(separator="-")', 'a-null-{k=1}'],
      ['map | keys', ['a', 'b']],
      ['list | keys', [0, 1, 2]],
      ['map | values', [1, null]],
      ['list | values', [3, 1, 2]],
      ['map | length', 2],
      ['null | length', 0],
      ['[1] | merge([2, 3])', [1, 2, 3]],
      ['map | merge({"b": 2, "c": 3})', { a: 1, b: 2, c: 3 }],
      ['[1] | merge({"a": 2})', [1, { a: 2 }]],
      ['{"a": 1} | merge(items=["x"])', { a: 1, x: 'x' }],
      ['null | merge([1])', [1]],
      ['list | reverse', [2, 1, 3]],
      ['list | sort', [1, 2, 3]],
      ['list | rsort', [3, 2, 1]],
      ['words | sort', ['a', 'b']],
      ['[10, 9] | sort', [9, 10]],
      ['list | slice(1)', [1, 2]],
      ['list | slice(fromIndex=0, toIndex=2)', [3, 1]],
      ['"abcd" | slice(1, 3)', 'bc'],
      ['none | chunk(2)', null],
      ['none | join', null],
    ],
    { ...scope, none: null },
  )
  errorsTable(
    [
      ['list | chunk(0)', 'needs a size of 1 or more'],
      ['map | flatten', '`flatten` takes a list, not map'],
      ['"x" | distinct', '`distinct` takes a list'],
      ['1 | keys', '`keys` takes a list or a map'],
      ['list | slice(0, 9)', 'toIndex must be smaller than input size: 3'],
      ['list | slice(2, 1)', 'toIndex must be greater than fromIndex'],
      ['list | slice(-1)', 'fromIndex must be greater than 0'],
      ['[1, "a"] | sort', 'list of numbers or a list of texts'],
      ['null | merge(null)', 'The two arguments to be merged are null'],
      ['(1 / 0) | default(1)', 'Could not perform division'],
      ['"" | first', 'An empty text'],
    ],
    scope,
  )
})
