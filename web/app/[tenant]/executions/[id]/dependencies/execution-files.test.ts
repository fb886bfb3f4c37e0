import { expect, test } from 'vitest'
import type { Execution } from '#web/server/executions/execution'
import { filesOf } from './execution-files'

const state = { current: 'SUCCESS', histories: [], startDate: '2026-01-01T00:00:00Z', duration: 'PT1S' }
const folder = (id: string) => `kestra:///company/team/etl/executions/${id}`
const execution: Execution = {
  ...{ tenantId: 'acme', id: 'e', namespace: 'company.team', flowId: 'etl', flowRevision: 2, state },
  ...{ labels: [], originalId: 'e', metadata: { attemptNumber: 1, originalCreatedDate: '' }, kind: 'NORMAL' },
  deleted: false,
  inputs: { file: `${folder('e')}/inputs/file/a.csv`, other: [`${folder('before')}/tasks/x/1/b.csv`], n: 1 },
  taskRunList: [
    {
      ...{ id: '1', executionId: 'e', namespace: 'company.team', flowId: 'etl', taskId: 'make', attempts: [], state },
      outputs: { files: { out: `${folder('e')}/tasks/make/1/out.csv` }, again: `${folder('e')}/tasks/make/1/out.csv` },
    },
    {
      ...{ id: '2', executionId: 'e', namespace: 'company.team', flowId: 'etl', taskId: 'call', attempts: [], state },
      outputs: { uri: `${folder('child')}/tasks/y/1/c.csv`, text: 'kestra' },
    },
  ],
}

test('files it was given, files of other executions, and files it wrote, each once', () => {
  expect(filesOf(execution)).toEqual({
    read: [
      { uri: `${folder('e')}/inputs/file/a.csv`, by: 'file' },
      { uri: `${folder('before')}/tasks/x/1/b.csv`, by: 'other', writer: 'before' },
      { uri: `${folder('child')}/tasks/y/1/c.csv`, by: 'call', writer: 'child' },
    ],
    written: [{ uri: `${folder('e')}/tasks/make/1/out.csv`, by: 'make' }],
  })
})
