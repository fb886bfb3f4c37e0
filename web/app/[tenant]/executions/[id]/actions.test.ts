import { expect, test } from 'vitest'
import { type ActionName, isActionAllowed } from './actions'

const names: ActionName[] = ['kill', 'pause', 'resume', 'restart', 'replay', 'delete']

test.each([
  ['CREATED', ['kill']],
  ['RUNNING', ['kill', 'pause']],
  ['PAUSED', ['kill', 'resume']],
  ['KILLING', []],
  ['SUCCESS', ['replay', 'delete']],
  ['FAILED', ['restart', 'replay', 'delete']],
  ['KILLED', ['replay', 'delete']],
])('%s allows %j', (state, expected) => {
  expect(names.filter(name => isActionAllowed(name, state))).toEqual(expected)
})
