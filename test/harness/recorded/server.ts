import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { z } from 'zod'

export type Asked = {
  /** The parts of the path that the exchange names. */
  params: Record<string, string>
  query: Record<string, string>
  headers: IncomingHttpHeaders
  body: Buffer
  /** The body as JSON, if the exchange says what it looks like. */
  json: unknown
}
export type Reply = { status?: number; headers?: Record<string, string>; json?: unknown; body?: Buffer | string }

/** A request as the vendor's reference documents it, and what is answered. */
export type Exchange = {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** `{name}` is one part, `{name*}` the rest of it. */
  path: string
  /** Query parameters that tell this exchange from others of the same path. */
  query?: Record<string, string>
  json?: z.ZodType
  reply(asked: Asked): Reply | Promise<Reply>
}

export type RecordedApi = {
  host: string
  port: number
  /** `METHOD /path` of each request, in order. */
  requests: string[]
  /** Requests that no exchange knows, or whose body is not what is documented. */
  unexpected: string[]
  stop(): Promise<void>
}

/** Plays exchanges on loopback. Whatever is asked beyond them is answered with 501, and noted. */
export async function startRecordedApi(exchanges: Exchange[]): Promise<RecordedApi> {
  const known = exchanges.map(exchange => ({ exchange, pattern: patternOf(exchange.path) }))
  const requests: string[] = []
  const unexpected: string[] = []
  const server = createServer((request, response) => {
    void (async () => {
      const { method = '', url = '/', headers } = request
      const { pathname, searchParams } = new URL(url, 'http://recorded')
      const query = Object.fromEntries(searchParams)
      const body = await buffer(request)
      requests.push(`${method} ${pathname}`)
      const reply = await answer({ method, pathname, query, headers, body })
      const content = reply.json === undefined ? (reply.body ?? '') : JSON.stringify(reply.json)
      const type = reply.json === undefined ? 'application/octet-stream' : 'application/json'
      response.writeHead(reply.status ?? 200, {
        'content-type': type,
        ...(method !== 'HEAD' && { 'content-length': Buffer.byteLength(content) }),
        ...reply.headers,
      })
      response.end(method === 'HEAD' ? undefined : content)
    })().catch(error => {
      unexpected.push(String(error))
      response.writeHead(500).end()
    })
  })

  async function answer(asked: Omit<Asked, 'params' | 'json'> & { method: string; pathname: string }): Promise<Reply> {
    for (const { exchange, pattern } of known) {
      const match = asked.method === exchange.method ? pattern.exec(asked.pathname) : null
      if (match === null || !hasQuery(asked.query, exchange.query)) continue
      const params = Object.fromEntries(
        Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value ?? '')]),
      )
      const json = exchange.json?.safeParse(JSON.parse(asked.body.toString() || '{}'))
      if (json?.success === false) {
        unexpected.push(`${asked.method} ${asked.pathname}: ${json.error.message}`)
        return { status: 400, json: { error: { code: 400, message: json.error.message } } }
      }
      return await exchange.reply({ ...asked, params, json: json?.data })
    }
    unexpected.push(`${asked.method} ${asked.pathname} ${JSON.stringify(asked.query)}`)
    return { status: 501, json: { error: { code: 501, message: 'no such exchange was recorded' } } }
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    host: '127.0.0.1',
    port,
    requests,
    unexpected,
    async stop() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

function patternOf(path: string): RegExp {
  const text = path
    .replace(/[.:$]/g, '\\$&')
    .replace(/\{(\w+)\*\}/g, '(?<$1>.+)')
    .replace(/\{(\w+)\}/g, '(?<$1>[^/]+?)')
  return new RegExp(`^${text}$`)
}

function hasQuery(query: Record<string, string>, wanted: Record<string, string> = {}): boolean {
  return Object.entries(wanted).every(([name, value]) => query[name] === value)
}
