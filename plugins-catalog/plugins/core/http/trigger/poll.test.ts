import { afterAll, expect, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { createTestContext, pollPlugin } from '../../../test-context'
import { startTestServer } from '../test-server'
import plugin from './plugin'
import polling from './poll'

const ctx = await createTestContext()
const server = await startTestServer({
  '/price': (_request, response) => response.setHeader('content-type', 'application/json').end('{"price":9}'),
  '/gone': (_request, response) => response.writeHead(410, { 'x-why': 'sold' }).end('gone'),
})
afterAll(async () => {
  server.close()
  await ctx.close()
})
const poll = (properties: JsonObject) => pollPlugin(plugin, polling, ctx, properties)

test('the answer is what the trigger gives', async () => {
  const uri = `${server.url}/price`
  const headers = expect.objectContaining({ 'content-type': ['application/json'] })
  expect(await poll({ uri })).toEqual({ variables: { uri, code: 200, headers, body: { price: 9 } } })
})

test.each([
  ['/price', '{{ fromJson(response.body).price < 10 }}', true],
  ['/price', '{{ fromJson(response.body).price > 10 }}', false],
  ['/gone', undefined, false],
  ['/gone', '{{ response.statusCode == 410 }}', true],
  ['/gone', "{{ response.headers['x-why'][0] == 'sold' }}", true],
])('%s, %s', async (path, responseCondition, starts) => {
  const { variables } = await poll({ uri: server.url + path, ...(responseCondition && { responseCondition }) })
  expect(variables !== undefined).toBe(starts)
})

test.each([
  [{ uri: 'nonsense' }, 'is no address'],
  [{ uri: 'http://x', encryptBody: true }, 'encryptBody is not supported'],
  [{ uri: 'http://127.0.0.1:1' }, 'failed: bad port'],
])('%j is refused', async (properties, message) => {
  await expect(poll(properties)).rejects.toThrow(message)
})
