import { afterAll, expect, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { createTestContext, runPlugin } from '../../../test-context'
import plugin from './plugin'
import run from './run'

const ctx = await createTestContext()
afterAll(() => ctx.close())
const files = ctx.storage.namespaceFiles()
const read = async (path: string) => ctx.read(`nsfile:///${path}`)
const upload = (properties: JsonObject) => runPlugin(plugin, run, ctx, { namespace: 'company.team', ...properties })

test('by map, into a folder', async () => {
  const uri = await ctx.storage.put('x', 'stored')
  const filesMap = { 'main.py': uri, '/dir/note.txt': 'in place' }
  expect(await upload({ filesMap, destination: '/src/' })).toEqual({
    files: {
      '/src/main.py': 'nsfile://company.team/src/main.py',
      '/src/dir/note.txt': 'nsfile://company.team/src/dir/note.txt',
    },
  })
  expect([await read('src/main.py'), await read('src/dir/note.txt')]).toEqual(['stored', 'in place'])
})

test('by URI, and JSON text of a list', async () => {
  const uri = await ctx.storage.put('one.csv', '1')
  await upload({ files: [uri] })
  expect(await read('one.csv')).toBe('1')
  await upload({ files: JSON.stringify([uri]), destination: 'two' })
  expect(await read('two/one.csv')).toBe('1')
})

test.each([
  ['OVERWRITE', 'new'],
  ['SKIP', 'old'],
])('%s', async (conflict, expected) => {
  await files.put('same.txt', 'old')
  await upload({ filesMap: { 'same.txt': 'new' }, conflict })
  expect(await read('same.txt')).toBe(expected)
})

test('refused', async () => {
  await files.put('same.txt', 'old')
  await expect(upload({ filesMap: { 'same.txt': 'new' }, conflict: 'ERROR' })).rejects.toThrow('has a file /same.txt')
  await expect(upload({ filesMap: { '../../x': 'x' } })).rejects.toThrow('is refused')
  await expect(upload({ files: '[x' })).rejects.toThrow('no JSON list')
  await expect(upload({ namespace: '../other', filesMap: { x: 'x' } })).rejects.toThrow('no name of a namespace')
})
