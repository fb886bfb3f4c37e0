import { expect, it } from 'vitest'
import { toFlowInput } from './stored-input'

const row = {
  id: 'e',
  plan: { steps: [] },
  inputs: { a: 1 },
  labels: [{ key: 'k', value: 'v' }],
  trigger: null,
  parentId: null,
  originalId: null,
  attempt: 2,
  resumeFrom: null,
  createdAt: new Date(5000),
}
const told = {
  tenantId: 't',
  executionId: 'e',
  plan: row.plan,
  inputs: row.inputs,
  labels: row.labels,
  originalId: 'e',
  createdAtMs: 5000,
  attempt: 2,
}

it.each([
  ['started by hand', {}, {}],
  [
    'started by a trigger',
    { trigger: { id: 'clock', type: 'x', variables: { date: 'd' } } },
    { trigger: { id: 'clock', type: 'x', variables: { date: 'd' } } },
  ],
  ['started by another', { parentId: 'p', originalId: 'o' }, { parentId: 'p', originalId: 'o' }],
  [
    'restarted with a changed task run',
    { resumeFrom: { executionId: 'e', mode: 'restart', changedTask: { taskRunId: 'r', state: 'SUCCESS', by: 'b' } } },
    {
      resumeFrom: { executionId: 'e', mode: 'restart' },
      changedTask: { taskRunId: 'r', state: 'SUCCESS', by: 'b' },
    },
  ],
])('an execution %s is told again what it was told', (_name, stored, more) => {
  expect(toFlowInput('t', { ...row, ...stored })).toEqual({ ...told, ...more })
})
