import { describe } from 'vitest'
import { errorsTable, valuesTable } from '../testing'

const scope = { nil: null, list: [], map: {}, text: ' ', one: 1 }

describe('tests', () => {
  valuesTable(
    [
      ['one is defined', true],
      ['missing is defined', false],
      ['missing.a.b is not defined', true],
      ['nil is defined', false],
      ['list is empty', true],
      ['map is empty', true],
      ['text is empty', true],
      ['nil is empty', true],
      ['one is empty', false],
      ['[1] is not empty', true],
      ['nil is null', true],
      ['one is not null', true],
      ['2 is even', true],
      ['2 is odd', false],
      ['-3 is odd', true],
      ['list is iterable', true],
      ['map is iterable', false],
      ['map is map', true],
      ['list is map', false],
      ['"[1]" is json', true],
      ['"value 1" is json', false],
      ['map is json', true],
      ['nil is json', false],
      ['1 is json', false],
      ['one is equals(1.0)', true],
      ['one is eq("1")', false],
    ],
    scope,
  )
  errorsTable(
    [
      ['missing is empty', 'Unable to find `missing`'],
      ['missing is null', 'Unable to find `missing`'],
      ['"a" is even', '`is even` takes a whole number'],
      ['one is strange', 'Test [strange] does not exist'],
    ],
    scope,
  )
})
