import { afterAll, expect, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { createTestContext, runPlugin } from '../../../test-context'
import { readEvents } from '../shared/sse'
import { startTestServer } from '../test-server'
import plugin from './plugin'
import run from './run'

const ctx = await createTestContext()
const server = await startTestServer({
  '/chat': (_request, response) => {
    response.setHeader('content-type', 'text/event-stream')
    response.write('id: 1\nevent: part\ndata: {"choices":[{"delta":"Hel"}]}\n\n')
    response.end(': ping\n\ndata: {"choices":[{"delta":"lo"}]}\nretry: 10\n\ndata: [DONE]\n\n')
  },
})
afterAll(async () => {
  server.close()
  await ctx.close()
})
const sse = (properties: JsonObject) => runPlugin(plugin, run, ctx, { uri: `${server.url}/chat`, ...properties })

test('events as outputs', async () => {
  expect(await sse({})).toEqual({
    uri: `${server.url}/chat`,
    size: 4,
    events: [
      { id: '1', name: 'part', data: { choices: [{ delta: 'Hel' }] } },
      { comment: 'ping', data: '' },
      { data: { choices: [{ delta: 'lo' }] }, retry: 10 },
      { data: '[DONE]' },
    ],
  })
})

test('joined by jq', async () => {
  const program = '.choices[0].delta'
  expect(await sse({ concatJqExpression: program, failedOnMissingJq: false })).toMatchObject({ result: 'Hello' })
  await expect(sse({ concatJqExpression: program })).rejects.toThrow('concatJqExpression .choices[0].delta on "[DONE]"')
})

test('too much for outputs', async () => {
  await expect(sse({ options: { maxContentLength: 40 } })).rejects.toThrow('larger than 40 bytes')
})

test.each([
  ['data: a\r\ndata: b\r\n\r\n', [{ data: 'a\nb' }]],
  ['data:x\rid:1\r\r', [{ data: 'x', id: '1' }]],
  ['data\n\n', [{ data: '' }]],
  ['data: no end', [{ data: 'no end' }]],
  ['\n\n\n', []],
])('%j', async (text, expected) => {
  for (const chunks of [[text], [...text]]) {
    const events = []
    for await (const event of readEvents(toAsync(chunks))) events.push(event)
    expect(events).toEqual(expected)
  }
})

async function* toAsync(chunks: string[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield Buffer.from(chunk)
}
