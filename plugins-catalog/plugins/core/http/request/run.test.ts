import { afterAll, describe, expect, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { createTestContext, runPlugin } from '../../../test-context'
import { answerDigest } from '../shared/digest-auth'
import { echo, startTestServer } from '../test-server'
import plugin from './plugin'
import run from './run'

const challenge = 'Digest realm="r", nonce="n1", qop="auth,auth-int", algorithm=SHA-256, opaque="o"'
const ctx = await createTestContext()
const server = await startTestServer({
  '/echo': echo,
  '/text': (_request, response) => response.setHeader('content-type', 'text/plain').end('{"a":1}'),
  '/bad-json': (_request, response) => response.setHeader('content-type', 'application/json').end('{"a":'),
  '/latin': (_request, response) =>
    response.setHeader('content-type', 'text/plain; charset=ISO-8859-1').end(Buffer.from('é', 'latin1')),
  '/large': (_request, response) => response.end('x'.repeat(2000)),
  '/fail': (_request, response) => response.writeHead(500, 'Oops').end('it broke'),
  '/digest': (request, response, url) => {
    const { authorization = '' } = request.headers
    const cnonce = /cnonce="(\w+)"/.exec(authorization)?.[1]
    const expected = answerDigest(challenge, { method: 'GET', url }, { username: 'me', password: 'pw' }, cnonce)
    if (authorization === expected) response.end('welcome')
    else response.writeHead(401, { 'www-authenticate': challenge }).end('who?')
  },
})
afterAll(async () => {
  server.close()
  await ctx.close()
})
const request = (properties: JsonObject) => runPlugin(plugin, run, ctx, properties)
const echoed = async (properties: JsonObject) =>
  (await request({ uri: `${server.url}/echo`, ...properties })).body as {
    method: string
    query: string
    headers: Record<string, string>
    body: string
  }

test('the answer as outputs', async () => {
  expect(await request({ uri: `${server.url}/text` })).toEqual({
    uri: `${server.url}/text`,
    code: 200,
    headers: expect.objectContaining({ 'content-type': ['text/plain'] }),
    body: '{"a":1}',
  })
  expect(await request({ uri: `${server.url}/bad-json` })).toMatchObject({ body: '{"a":' })
  expect(await request({ uri: `${server.url}/latin` })).toMatchObject({ body: 'é' })
})

test.each([
  [
    { method: 'post', body: '{"a":1}' },
    { method: 'POST', body: '{"a":1}', type: 'application/json' },
  ],
  [
    { method: 'PUT', body: { a: [1] } },
    { method: 'PUT', body: '{"a":[1]}', type: 'application/json' },
  ],
  [
    { method: 'POST', body: 'x', contentType: 'text/csv' },
    { method: 'POST', body: 'x', type: 'text/csv' },
  ],
  [
    { method: 'POST', body: 'x', headers: { 'Content-Type': 'a/b' } },
    { method: 'POST', body: 'x', type: 'a/b' },
  ],
  [{ method: 'DELETE' }, { method: 'DELETE', body: '', type: undefined }],
  [
    { method: 'POST', formData: { a: 'x y', b: [1, 2] } },
    { method: 'POST', body: 'a=x+y&b=1&b=2', type: 'application/x-www-form-urlencoded' },
  ],
])('sends %j', async (properties, { type, ...expected }) => {
  const seen = await echoed(properties)
  expect(seen).toMatchObject(expected)
  expect(seen.headers['content-type']).toBe(type)
})

test('params and headers', async () => {
  const seen = await echoed({ params: { q: 'a&b', n: [1, 2] }, headers: { 'X-One': 1, 'X-Two': ['a', 'b'] } })
  expect(seen.query).toBe('?q=a%26b&n=1&n=2')
  expect(seen.headers).toMatchObject({ 'x-one': '1', 'x-two': 'a, b' })
})

test('a multipart form with stored files', async () => {
  const uri = await ctx.storage.put('data.csv', 'a,b\n1,2\n')
  const formData = { note: 'hi', file: uri, named: { name: 'other "x".csv', content: uri } }
  const { headers, body } = await echoed({ method: 'POST', contentType: 'multipart/form-data', formData })
  expect(headers['content-type']).toMatch(/^multipart\/form-data; boundary=/)
  const parsed = await new Response(body, { headers: { 'content-type': headers['content-type'] ?? '' } }).formData()
  expect(parsed.get('note')).toBe('hi')
  const files = ['file', 'named'].map(name => parsed.get(name) as File)
  expect(files.map(file => file.name)).toEqual(['data.csv', 'other "x".csv'])
  expect(await Promise.all(files.map(file => file.text()))).toEqual(['a,b\n1,2\n', 'a,b\n1,2\n'])
})

describe('authentication', () => {
  const basic = `Basic ${Buffer.from('me:pw').toString('base64')}`
  test.each([
    [{ auth: { type: 'BASIC', username: 'me', password: 'pw' } }, basic],
    [{ auth: { username: 'me', password: 'pw' } }, basic],
    [{ basicAuthUser: 'me', basicAuthPassword: 'pw' }, basic],
    [{ auth: { type: 'BEARER', token: 't0ken' } }, 'Bearer t0ken'],
    [{}, undefined],
  ])('%j', async (options, expected) => {
    expect((await echoed({ options })).headers.authorization).toBe(expected)
  })

  test('digest', async () => {
    const auth = { type: 'DIGEST', username: 'me', password: 'pw' }
    expect(await request({ uri: `${server.url}/digest?x=1`, options: { auth } })).toMatchObject({ body: 'welcome' })
    const wrong = request({ uri: `${server.url}/digest`, options: { auth: { ...auth, password: 'no' } } })
    await expect(wrong).rejects.toThrow('answered 401')
  })

  test('the digest of RFC 7616', () => {
    const rfc =
      'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=MD5, ' +
      'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'
    const url = new URL('http://www.example.org/dir/index.html')
    const user = { username: 'Mufasa', password: 'Circle of Life' }
    const header = answerDigest(rfc, { method: 'GET', url }, user, 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ')
    expect(header).toContain('response="8ca523f5e9506fed4657c9700eebdbec"')
  })
})

test('a failure keeps what the server said', async () => {
  const error = await request({ uri: `${server.url}/fail?token=secret` }).catch((error: Error) => error)
  expect(error).toMatchObject({
    name: 'TaskError',
    message: `GET ${server.url}/fail answered 500 Oops: it broke`,
    outputs: { code: 500 },
  })
})

test.each([
  [{ uri: 'nonsense' }, 'is no address'],
  [{ uri: 'ftp://host/x' }, 'only http:// and https:// are'],
  [{ uri: `${server.url}/large`, options: { maxContentLength: 1000 } }, 'larger than 1000 bytes'],
  [{ uri: `${server.url}/text`, encryptBody: true }, 'encryptBody is not supported'],
  [{ uri: `${server.url}/text`, options: { proxy: { type: 'SOCKS', address: 'x', port: 1 } } }, 'SOCKS'],
  [{ uri: `${server.url}/text`, options: { auth: { type: 'BEARER' } } }, 'needs a token'],
])('%j is refused', async (properties, message) => {
  await expect(request(properties as JsonObject)).rejects.toThrow(message)
})

test('logs what it is asked to, without secrets', async () => {
  const own = await createTestContext()
  const options = {
    logs: ['REQUEST_HEADERS', 'REQUEST_BODY', 'RESPONSE_HEADERS', 'RESPONSE_BODY'],
    auth: { type: 'BEARER', token: 'hush' },
  }
  await runPlugin(plugin, run, own, { uri: `${server.url}/text`, method: 'POST', body: 'sent', options })
  const logged = own.logs.map(({ message }) => message).join('\n')
  expect(logged).toContain('authorization: ******')
  expect(logged).toContain('sent')
  expect(logged).toContain('content-type: text/plain')
  expect(logged).toContain('{"a":1}')
  expect(logged).not.toContain('hush')
  await own.close()
})
