import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { createTestContext, runPlugin } from '../../../test-context'
import { startTestServer } from '../test-server'
import plugin from './plugin'
import run from './run'

const ctx = await createTestContext()
const server = await startTestServer({
  '/products': (_request, response) => {
    response.setHeader('x-test', ['a', 'b'])
    response.end('{"products":[]}')
  },
  '/named': (_request, response, url) => {
    response.setHeader('content-disposition', url.searchParams.get('as') ?? '').end('x')
  },
  '/moved': (_request, response) => response.writeHead(302, { location: '/products' }).end(),
  '/zipped': (_request, response) => {
    response.setHeader('content-encoding', 'gzip').end(gzipSync('what was zipped'))
  },
  '/empty': (_request, response) => response.end(),
  '/cut': (_request, response) => {
    response.setHeader('content-length', 100)
    response.write('only some')
    setImmediate(() => response.destroy())
  },
  '/hang': (_request, response) => response.write('first'),
  '/large': (_request, response) => {
    const part = Buffer.alloc(1024 * 1024, 'x')
    let left = 20
    const send = () => {
      while (left-- > 0) if (!response.write(part)) return response.once('drain', send)
      response.end()
    }
    send()
  },
})
afterAll(async () => {
  server.close()
  await ctx.close()
})
const download = (properties: { [name: string]: string | boolean | object | number }) =>
  runPlugin(plugin, run, ctx, properties as never)

test('what is encoded is stored decoded', async () => {
  const outputs = await download({ uri: `${server.url}/zipped` })
  expect(await ctx.read(String(outputs.uri))).toBe('what was zipped')
})

test('stores the answer and tells of it', async () => {
  const outputs = await download({ uri: `${server.url}/products?limit=1` })
  expect(outputs).toEqual({
    uri: 'kestra:///company/team/my-flow/executions/e1/tasks/my-task/t1/products',
    code: 200,
    length: 15,
    headers: expect.objectContaining({ 'x-test': ['a, b'], 'content-length': ['15'] }),
  })
  expect(await ctx.read(String(outputs.uri))).toBe('{"products":[]}')
  expect(ctx.metrics).toContainEqual({ name: 'response.length', type: 'counter', value: 15 })
})

test.each([
  ['attachment; filename="orders 2024.csv"', 'orders%202024.csv'],
  ['attachment; filename=plain.csv', 'plain.csv'],
  ["attachment; filename=x.csv; filename*=UTF-8''%C3%BC.csv", '%C3%BC.csv'],
  ['attachment; filename="../../etc/passwd"', 'passwd'],
  ['attachment; filename="a\\\\..\\\\b.csv"', 'b.csv'],
  ['attachment; filename=".."', 'download'],
  ['inline', 'named'],
])('content-disposition %s -> %s', async (header, name) => {
  const { uri } = await download({ uri: `${server.url}/named?as=${encodeURIComponent(header)}` })
  expect(String(uri).split('/t1/')[1]).toBe(name)
})

test('saveAs names the file; redirects name it by where they led', async () => {
  const { uri } = await download({ uri: `${server.url}/products`, saveAs: 'mine.json' })
  expect(uri).toMatch(/\/t1\/mine\.json$/)
  const moved = await download({ uri: `${server.url}/moved` })
  expect(moved.uri).toMatch(/\/t1\/products$/)
})

test('a large answer arrives whole', async () => {
  expect(await download({ uri: `${server.url}/large` })).toMatchObject({ length: 20 * 1024 * 1024 })
})

test('an empty answer fails unless it is allowed', async () => {
  await expect(download({ uri: `${server.url}/empty` })).rejects.toThrow('sent no content')
  expect(await ctx.storage.listExecutionFiles()).not.toContainEqual(expect.stringMatching(/\/empty$/))
  expect(await download({ uri: `${server.url}/empty`, failOnEmptyResponse: false })).toMatchObject({ length: 0 })
})

test('a broken download fails and leaves no file', async () => {
  await expect(download({ uri: `${server.url}/cut` })).rejects.toThrow(/The download of .*\/cut broke off: /)
  expect(await ctx.storage.listExecutionFiles()).not.toContainEqual(expect.stringMatching(/\/cut$/))
})

test.each([
  [{}, /GET http.*\/nowhere answered 404 Not Found: no such page/],
  [{ allowFailed: true }, null],
  [{ options: { allowFailed: true } }, null],
  [{ options: { allowedResponseCodes: [404] } }, null],
  [{ options: { allowedResponseCodes: [200] } }, /404/],
])('404 with %j', async (properties, failure) => {
  const result = download({ uri: `${server.url}/nowhere`, ...properties })
  if (failure) await expect(result).rejects.toThrow(failure)
  else expect(await result).toMatchObject({ code: 404 })
})

test('redirects not followed are an answer', async () => {
  const result = download({
    uri: `${server.url}/moved`,
    options: { followRedirects: false },
    failOnEmptyResponse: false,
  })
  expect(await result).toMatchObject({ code: 302, headers: { location: ['/products'] } })
})

test('kill stops it', async () => {
  const own = await createTestContext()
  const result = runPlugin(plugin, run, own, { uri: `${server.url}/hang` })
  await new Promise(resolve => setImmediate(resolve))
  own.abort(new Error('killed'))
  await expect(result).rejects.toThrow('killed')
  expect(await own.storage.listExecutionFiles()).toEqual([])
  await own.close()
})
