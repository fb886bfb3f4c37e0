import { expect, test } from 'vitest'
import { type ActionName, isActionAllowed } from './actions'

const names: ActionName[] = [
  'kill',
  'pause',
  'resume',
  'forceRun',
  'unqueue',
  'restart',
  'replay',
  'setTaskState',
  'delete',
]

test.each([
  ['CREATED', ['kill', 'forceRun']],
  ['QUEUED', ['kill', 'forceRun', 'unqueue']],
  ['RUNNING', ['kill', 'pause']],
  ['PAUSED', ['kill', 'resume']],
  ['KILLING', []],
  ['SUCCESS', ['replay', 'setTaskState', 'delete']],
  ['FAILED', ['restart', 'replay', 'setTaskState', 'delete']],
  ['KILLED', ['replay', 'delete']],
])('%s allows %j', (state, expected) => {
  expect(names.filter(name => isActionAllowed(name, state))).toEqual(expected)
})
