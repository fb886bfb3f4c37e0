import { expect, test } from 'vitest'
import { maxBodyBytes, readBody } from './read-body'

function post(body: BodyInit | undefined, type?: string): Request {
  return new Request('http://localhost/', { method: 'POST', body, headers: type ? { 'content-type': type } : {} })
}

test.each<[string, string | undefined, string | undefined, Record<string, unknown>]>([
  ['no body', undefined, undefined, {}],
  ['JSON', '{"a":1}', 'application/json; charset=utf-8', { a: 1 }],
  ['YAML', 'id: a', 'application/x-yaml', { source: 'id: a' }],
  ['plain text', 'id: a', 'text/plain', { source: 'id: a' }],
  ['an empty YAML', '', 'application/yaml', { source: '' }],
])('%s', async (_, body, type, input) => {
  expect(await readBody(post(body, type), { takesSource: true })).toEqual(input)
})

test.each<[string, BodyInit, string, string]>([
  ['broken JSON', '{"a":', 'application/json', 'BAD_REQUEST'],
  ['a JSON list', '[1]', 'application/json', 'BAD_REQUEST'],
  ['a type of its own', '<a/>', 'application/xml', 'UNSUPPORTED_MEDIA_TYPE'],
  ['a body over the limit', 'a'.repeat(maxBodyBytes + 1), 'application/x-yaml', 'TOO_LARGE'],
])('refuses %s', async (_, body, type, code) => {
  await expect(readBody(post(body, type), { takesSource: true })).rejects.toMatchObject({ code })
})

test('an empty text is no body, another text is refused, where no source is wanted', async () => {
  expect(await readBody(post('', 'text/plain'), { takesSource: false })).toEqual({})
  const refused = readBody(post('id: a', 'text/plain'), { takesSource: false })
  await expect(refused).rejects.toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE' })
})

test('refuses an endless stream as soon as the limit is passed', async () => {
  let sent = 0
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 65_536
      controller.enqueue(new Uint8Array(65_536))
    },
  })
  const init: RequestInit & { duplex: 'half' } = {
    method: 'POST',
    body: endless,
    duplex: 'half',
    headers: { 'content-type': 'text/plain' },
  }
  await expect(readBody(new Request('http://localhost/', init), { takesSource: true })).rejects.toMatchObject({
    code: 'TOO_LARGE',
    message: expect.stringContaining('10 MiB'),
  })
  expect(sent).toBeLessThan(maxBodyBytes + 1_000_000)
})
