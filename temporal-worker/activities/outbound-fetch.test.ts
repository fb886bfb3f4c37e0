import { execFile } from 'node:child_process'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'

import { afterAll, describe, expect, test } from 'vitest'
import { TaskError } from '#language/define-plugin'
import { type Internet, startInternet } from '../../test/harness/internet'
import { type EgressGuard, hostedEgress, localEgress } from './egress-guard'
import { createHostResolver, createOutboundFetch } from './outbound-fetch'

const noEnv = {}
const servers: Server[] = []
const seen: string[] = []
const zipped = gzipSync('what was zipped')
const origin = await serve((request, response) => {
  seen.push(request.url ?? '')
  const url = new URL(request.url ?? '', 'http://x')
  if (url.pathname === '/redirect') response.writeHead(302, { location: url.searchParams.get('to') ?? '' }).end()
  else if (url.pathname === '/slow') response.write('first')
  else if (url.pathname === '/echo') request.pipe(response)
  else if (url.pathname === '/encoded') response.setHeader('content-encoding', 'gzip').end(zipped)
  else response.end(`hello from ${url.pathname}`)
})
let internet: Internet | undefined

afterAll(async () => {
  for (const server of servers) server.closeAllConnections()
  for (const server of servers) server.close()
  await internet?.stop()
})

function fetchWith(guard: EgressGuard, env = noEnv, signal = new AbortController().signal) {
  return createOutboundFetch({ signal, guard, env })
}

test('what is encoded comes decoded, or as it is', async () => {
  const url = `http://127.0.0.1:${origin}/encoded`
  const decoded = await fetchWith(localEgress)(url, { asNodeStream: true })
  expect(await decoded.text()).toBe('what was zipped')
  const { nodeBody } = await fetchWith(localEgress)(url, { asNodeStream: 'encoded' })
  expect(await buffer(nodeBody as Readable)).toEqual(zipped)
})

describe('the hosted guard', () => {
  test.each([
    `http://127.0.0.1:${origin}/x`,
    `http://localhost:${origin}/x`,
    `http://2130706433:${origin}/x`,
    `http://017700000001:${origin}/x`,
    `http://0x7f000001:${origin}/x`,
    `http://0x7f.1:${origin}/x`,
    `http://127.1:${origin}/x`,
    `http://0:${origin}/x`,
    `http://[::1]:${origin}/x`,
    `http://[::ffff:127.0.0.1]:${origin}/x`,
    'http://169.254.169.254/latest/meta-data/',
    'http://10.0.0.1/',
  ])('refuses %s and opens no connection', async url => {
    seen.length = 0
    await expect(fetchWith(hostedEgress())(url)).rejects.toThrow(/is refused: /)
    expect(seen).toEqual([])
  })

  test.each([{}, { outbound: { insecureTls: true } }])('refuses with %j as well', async init => {
    await expect(fetchWith(hostedEgress())(`http://localhost:${origin}/x`, init)).rejects.toThrow(/is refused: /)
  })

  test('checks each redirect', async () => {
    const guard: EgressGuard = { refuse: address => (address === '127.0.0.1' ? null : 'not the one') }
    const allowed = await fetchWith(guard)(`http://127.0.0.1:${origin}/redirect?to=/final`)
    expect(await allowed.text()).toBe('hello from /final')
    seen.length = 0
    const to = `http://127.0.0.2:${origin}/secret`
    await expect(fetchWith(guard)(`http://127.0.0.1:${origin}/redirect?to=${to}`)).rejects.toThrow(
      '127.0.0.2 is refused: not the one',
    )
    expect(seen).toEqual([`/redirect?to=${to}`])
  })

  test('refuses literal and resolvable internal names through a proxy, too', async () => {
    const asked: string[] = []
    const proxy = await serve((request, response) => response.end(asked.push(request.url ?? '').toString()))
    const env = { HTTP_PROXY: `http://127.0.0.1:${proxy}` }
    for (const host of ['127.0.0.1', 'localhost', '169.254.169.254', '[::1]']) {
      await expect(fetchWith(hostedEgress(), env)(`http://${host}/`)).rejects.toThrow(/is refused: /)
    }
    expect(asked).toEqual([])
  })

  test("refuses a task's own proxy inside", async () => {
    for (const address of ['127.0.0.1', 'localhost']) {
      const outbound = { proxy: { address, port: origin } }
      await expect(fetchWith(hostedEgress())('http://1.1.1.1/', { outbound })).rejects.toThrow(/is refused: /)
      await expect(fetchWith(hostedEgress())('https://1.1.1.1/', { outbound })).rejects.toThrow(/is refused: /)
    }
  })
})

describe('proxies', () => {
  test('https by CONNECT, plain http by its whole address, NO_PROXY past it', async () => {
    internet = await startInternet({ 'example.test': (_request, response) => response.end('from inside') })
    const asked: string[] = []
    const proxy = await serve((request, response) => {
      asked.push(`${request.url} ${request.headers['proxy-authorization'] ?? ''}`)
      response.end('from the proxy')
    })
    const env = { ...internet.env, HTTP_PROXY: `http://user:pa%20ss@127.0.0.1:${proxy}` }
    const outbound = fetchWith(localEgress, env)

    const secure = await outbound('https://example.test/x', { outbound: { insecureTls: true } })
    expect(await secure.text()).toBe('from inside')
    expect(internet.connects).toEqual(['example.test:443'])
    const plain = await outbound('http://example.test/y?z=1')
    expect(await plain.text()).toBe('from the proxy')
    expect(asked).toEqual([`http://example.test/y?z=1 Basic ${Buffer.from('user:pa ss').toString('base64')}`])
    const past = await outbound(`http://localhost:${origin}/direct`)
    expect(await past.text()).toBe('hello from /direct')
  })

  test('an unknown authority is refused, and said', async () => {
    internet ??= await startInternet({ 'example.test': (_request, response) => response.end('from inside') })
    await expect(fetchWith(localEgress, internet.env)('https://example.test/x')).rejects.toThrow(
      /Request to https:\/\/example\.test\/x failed: .*certificate/,
    )
  })

  test('NODE_EXTRA_CA_CERTS makes it known', async () => {
    internet ??= await startInternet({ 'example.test': (_request, response) => response.end('from inside') })
    const module = new URL('./outbound-fetch.ts', import.meta.url).href
    const program = `
      const { createOutboundFetch } = await import(${JSON.stringify(module)})
      const guard = { refuse: () => null }
      const get = createOutboundFetch({ signal: new AbortController().signal, guard })
      console.log(await (await get('https://example.test/x')).text())
      process.exit(0)`
    const env: NodeJS.ProcessEnv = { ...process.env, ...internet.env }
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', program],
      { env },
    )
    expect(stdout.trim()).toBe('from inside')
  })

  test("a task's own proxy", async () => {
    const asked: string[] = []
    const proxy = await serve((request, response) => response.end(asked.push(request.url ?? '').toString()))
    const outbound = { proxy: { address: '127.0.0.1', port: proxy } }
    await fetchWith(localEgress)('http://example.test/own', { outbound })
    expect(asked).toEqual(['http://example.test/own'])
  })
})

test('hosts of other connections pass the same guard', async () => {
  expect(await createHostResolver(localEgress)('localhost')).toMatch(/^(?:127\.0\.0\.1|::1)$/)
  for (const host of ['localhost', '127.0.0.1', '169.254.169.254', '::1', '0x7f.1']) {
    await expect(createHostResolver(hostedEgress())(host)).rejects.toThrow(/is refused|is not found/)
  }
  await expect(createHostResolver(localEgress)('host.invalid')).rejects.toThrow('The host host.invalid is not found')
})

test('the signal stops a body that is being read', async () => {
  const controller = new AbortController()
  const response = await fetchWith(localEgress, noEnv, controller.signal)(`http://127.0.0.1:${origin}/slow`)
  const body = response.text()
  controller.abort(new Error('killed'))
  await expect(body).rejects.toThrow('killed')
})

test('silence longer than readIdleTimeoutMs ends it', async () => {
  const outbound = { readIdleTimeoutMs: 50 }
  const response = await fetchWith(localEgress)(`http://127.0.0.1:${origin}/slow`, { outbound })
  await expect(response.text()).rejects.toThrow()
})

test("Node's FormData arrives as multipart", async () => {
  const form = new FormData()
  form.append('name', 'value')
  const response = await fetchWith(localEgress)(`http://127.0.0.1:${origin}/echo`, { method: 'POST', body: form })
  expect(await response.text()).toContain('name="name"\r\n\r\nvalue')
})

test('user and password of the address become a header', async () => {
  const authorized = await serve((request, response) => response.end(request.headers.authorization))
  const response = await fetchWith(localEgress)(`http://me:pa%20ss@127.0.0.1:${authorized}/`)
  expect(await response.text()).toBe(`Basic ${Buffer.from('me:pa ss').toString('base64')}`)
})

test.each([
  [
    `http://127.0.0.1:${await closedPort()}/path?token=secret`,
    /^Request to http:.*\/path failed: connect ECONNREFUSED/,
  ],
  ['http://user:secret@host.invalid/', /^Request to http:\/\/host\.invalid\/ failed: /],
  ['nonsense', /^Request to nonsense failed: .*URL/],
])('%s fails with its cause', async (url, message) => {
  const error = await fetchWith(localEgress)(url).catch((error: Error) => error)
  expect(error).toBeInstanceOf(TaskError)
  expect((error as Error).message).toMatch(message)
  expect((error as Error).message).not.toContain('secret')
})

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return port
}
