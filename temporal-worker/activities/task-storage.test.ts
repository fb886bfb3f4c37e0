import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import type { NamespaceAccess } from '#db/namespace-access'
import { createStorage } from '#db/storage'
import { belongsTo } from '#db/storage/uri'
import { TaskError } from '#language/define-plugin'
import { createTaskStorage } from './task-storage'

const folder = await mkdtemp(join(tmpdir(), 'millrace-task-storage-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

const storage = createStorage(pathToFileURL(folder).href)
const own = { namespace: 'company.team', flowId: 'my_flow', executionId: 'e1', taskId: 'load_it', taskRunId: 't1' }
const parent = { ...own, flowId: 'parent', executionId: 'p1' }
const stranger = { ...own, executionId: 'e2' }
/** Everybody but one is open to all. */
const access: NamespaceAccess = {
  admitted: async holders => holders.filter(holder => holder !== 'vault'),
  refusal: async (what, holder) => (holder === 'vault' ? `may not use ${what} of ${holder}` : null),
}
const open = (ref: typeof own, tenantId = 'acme') => createTaskStorage({ ...ref, storage, tenantId, access })

test('put, open, size, exists, delete', async () => {
  const files = open(own)
  const uri = await files.put('some file.txt', 'hello')
  expect(uri).toBe('kestra:///company/team/my-flow/executions/e1/tasks/load-it/t1/some%20file.txt')
  expect(await text(await files.open(uri))).toBe('hello')
  expect(await files.size(uri)).toBe(5)
  expect(await files.exists(uri)).toBe(true)
  expect(await files.listExecutionFiles()).toEqual([uri])
  expect(await files.delete(uri)).toBe(true)
  expect(await files.delete(uri)).toBe(false)
  await expect(files.open(uri)).rejects.toThrow(`There is no file ${uri}`)
})

describe('what a task may not reach', () => {
  test("another tenant's file, even by the same ids", async () => {
    const uri = await open(own, 'other').put('x', 'secret')
    await expect(open(own).open(uri)).rejects.toThrow('There is no file')
    expect(await open(own).exists(uri)).toBe(false)
    expect(await open(own).delete(uri)).toBe(false)
    expect(await text(await open(own, 'other').open(uri))).toBe('secret')
  })

  test('a file of an execution that is no parent', async () => {
    const uri = await open(stranger).put('x', 'not yours')
    for (const call of ['open', 'size', 'exists', 'delete'] as const) {
      await expect(open(own)[call](uri)).rejects.toThrow('is no file of this execution')
    }
  })

  test.each([
    'kestra:///company/team/my-flow/executions/e1/../e2/tasks/load-it/t1/x',
    'kestra:///company/team/my-flow/executions/e1/%2e%2e/e2/tasks/load-it/t1/x',
    'kestra:///../other/x',
    'kestra:////etc/passwd',
    'file:///etc/passwd',
    '/etc/passwd',
    'nsfile:///../../x',
    '',
  ])('%j', async uri => {
    await expect(open(own).open(uri)).rejects.toThrow()
    await expect(open(own).delete(uri)).rejects.toThrow(TaskError)
  })

  test.each(['../x', '../../t2/../../../e2/x', '/x/../../../y', 'a\0b'])('put as %j', async name => {
    await expect(open(own).put(name, 'x')).rejects.toThrow('is refused')
  })
})

test('mayRead adds the files of a parent', async () => {
  const uri = await open(parent).put('x', 'given')
  const files = createTaskStorage({
    ...own,
    ...{ storage, access, tenantId: 'acme' },
    mayRead: path => belongsTo(path, [parent]),
  })
  expect(await text(await files.open(uri))).toBe('given')
  await expect(files.open(await open(stranger).put('x', 'no'))).rejects.toThrow('is no file of this execution')
})

test('namespace files are of the tenant, readable as nsfile:///', async () => {
  const files = open(own)
  await files.namespaceFiles().put('/dir/main.py', 'print(1)')
  await files.namespaceFiles('other.place').put('x.txt', 'there')
  expect(await text(await files.open('nsfile:///dir/main.py'))).toBe('print(1)')
  expect(await text(await files.open('nsfile://other.place/x.txt'))).toBe('there')
  expect(await files.namespaceFiles().list()).toEqual(['dir/main.py'])
  expect(await open(own, 'other').namespaceFiles().list()).toEqual([])
  await expect(files.delete('nsfile:///dir/main.py')).rejects.toThrow(TaskError)
  expect(await files.namespaceFiles().delete('dir/main.py')).toBe(true)
  await expect(files.namespaceFiles('../other').list()).rejects.toThrow('no name of a namespace')
  await expect(files.open('nsfile://other..place/x.txt')).rejects.toThrow('no name of a namespace')
})

test('files of a namespace that does not admit the task are refused, whatever is done with them', async () => {
  const files = open(own)
  const vault = files.namespaceFiles('vault')
  for (const attempt of [
    () => files.open('nsfile://vault/x'),
    () => files.size('nsfile://vault/x'),
    () => files.exists('nsfile://vault/x'),
    () => vault.list(),
    () => vault.open('x'),
    () => vault.put('x', ''),
    () => vault.exists('x'),
    () => vault.delete('x'),
  ]) {
    await expect(attempt()).rejects.toThrow('may not use the files of vault')
  }
})

test('what tasks keep for each other is of the tenant and the namespace', async () => {
  const name = 'python/abc.tgz'
  await open(own).cache.put(name, Readable.from(['packed']))
  expect(await text((await open({ ...own, flowId: 'other_flow' }).cache.open(name))!)).toBe('packed')
  expect(await open(own, 'other').cache.open(name)).toBeUndefined()
  expect(await open({ ...own, namespace: 'company.other' }).cache.open(name)).toBeUndefined()
  await expect(open(own).open(`kestra:///company/team/_cache/${name}`)).rejects.toThrow('is no file of this execution')
})
