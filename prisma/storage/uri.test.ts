import { describe, expect, test } from 'vitest'
import {
  belongsTo,
  executionFolder,
  executionIdOf,
  inputFilePath,
  isNamespaceWithFiles,
  parseStorageUri,
  slug,
  splitNamespaceFileUri,
  taskRunFolder,
  toStorageUri,
} from './uri'

const run = {
  namespace: 'company.team',
  flowId: 'data_pipeline',
  executionId: 'e1',
  taskId: 'My_Task',
  taskRunId: 't1',
}

test.each([
  ['data_pipeline', 'data-pipeline'],
  ['My Task', 'my-task'],
  ['été_2024', 'ete-2024'],
  ['日本x', 'x'],
  ['a--b', 'a--b'],
])('slug %s -> %s', (id, expected) => expect(slug(id)).toBe(expected))

test('the layout is that of Kestra', () => {
  expect(executionFolder(run)).toBe('company/team/data-pipeline/executions/e1')
  expect(taskRunFolder(run)).toBe('company/team/data-pipeline/executions/e1/tasks/my-task/t1')
  expect(inputFilePath({ ...run, inputId: 'in', fileName: 'a.csv' })).toBe(
    'company/team/data-pipeline/executions/e1/inputs/in/a.csv',
  )
})

test.each([
  ['a/b c.txt', 'kestra:///a/b%20c.txt'],
  ['a/100%.txt', 'kestra:///a/100%25.txt'],
  ['a/b?c#d', 'kestra:///a/b%3Fc%23d'],
  ['a/ü=1,2+3~4@5:6;7.txt', 'kestra:///a/%C3%BC=1,2+3~4@5:6;7.txt'],
])('%s <-> %s', (path, uri) => {
  expect(toStorageUri(path)).toBe(uri)
  expect(parseStorageUri(uri)).toBe(path)
})

test.each(['kestra://', 'kestra:///', 'kestra://host/a', 'file:///a', 'kestra:///a%zz', 'kestra:///a?x', 'a/b', ''])(
  '%s is no storage URI',
  uri => expect(parseStorageUri(uri)).toBeNull(),
)

test.each([
  ['nsfile:///main.py', { namespace: 'company.team', path: 'main.py' }],
  ['nsfile:///dir/a%20b.py', { namespace: 'company.team', path: 'dir/a b.py' }],
  ['nsfile://Other.Team/main.py', { namespace: 'Other.Team', path: 'main.py' }],
  ['nsfile://', null],
  ['kestra:///a', null],
])('%s -> %j', (uri, place) => expect(splitNamespaceFileUri(uri, 'company.team')).toEqual(place))

test.each([
  ['company.team', true],
  ['a', true],
  ['a..b', false],
  ['a.', false],
  ['../a', false],
])('%s may have files of its own: %s', (name, expected) => expect(isNamespaceWithFiles(name)).toBe(expected))

describe('belongsTo', () => {
  const parent = { namespace: 'company', flowId: 'parent', executionId: 'p1' }
  test.each([
    ['kestra:///company/team/data-pipeline/executions/e1/tasks/x/t/f', true],
    ['kestra:///company/parent/executions/p1/inputs/i/f', true],
    ['kestra:///company/team/data-pipeline/executions/e10/tasks/x/t/f', false],
    ['kestra:///company/team/data-pipeline/executions/e1', false],
    ['kestra:///company/team/data-pipeline/executions/e1/../e2/f', false],
    ['kestra:///company/team/data-pipeline/executions/e1/%2E%2E/e2/f', false],
    ['kestra:///company/team/_files/f', false],
  ])('%s %s', (uri, expected) => expect(belongsTo(uri, [run, parent])).toBe(expected))
})

test.each([
  ['a/b/flow/executions/e1/tasks/t/r/f', 'e1'],
  ['a/b/flow/executions/e1/inputs/t/f', 'e1'],
  ['a/_files/executions/e1/tasks/x', null],
  ['a/b/executions/e1', null],
  ['a/b', null],
])('execution of %s: %s', (path, id) => expect(executionIdOf(path)).toBe(id))
