import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { OutboundFetch, OutboundResponse } from '#language/define-plugin'

/** What the SDK hands to whoever sends its requests. */
type SignedRequest = {
  protocol: string
  hostname: string
  port?: number
  path: string
  query?: Record<string, string | string[] | null>
  method: string
  headers: Record<string, string>
  body?: unknown
}

type Answer = { response: { statusCode: number; headers: Record<string, string>; body: Readable } }

/** What `fetch` writes by itself, or has no use for. */
const ownHeaders = ['host', 'expect', 'content-length', 'connection', 'transfer-encoding']

/** Sends the SDK's requests through the way out of all tasks: its guard, its proxy and its trust. */
export function createFetchHandler(fetch: OutboundFetch) {
  return {
    async handle(request: SignedRequest, { abortSignal }: { abortSignal?: unknown } = {}): Promise<Answer> {
      const { protocol, hostname, port, path, query, method, headers, body } = request
      const url = `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}${queryText(query)}`
      const response = await fetch(url, {
        method,
        headers: Object.entries(headers).filter(([name]) => !ownHeaders.includes(name.toLowerCase())),
        // Objects are uploaded in parts, each held in memory: never a stream.
        body: body as string | Uint8Array<ArrayBuffer> | undefined,
        redirect: 'manual',
        asNodeStream: 'encoded',
        ...(abortSignal instanceof AbortSignal && { signal: abortSignal }),
      })
      return {
        response: {
          statusCode: response.status,
          headers: Object.fromEntries(response.headers),
          body: toReadable(response),
        },
      }
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  }
}

function toReadable({ nodeBody, body }: OutboundResponse): Readable {
  if (nodeBody) return nodeBody
  return body === null ? Readable.from([]) : Readable.fromWeb(body as ReadableStream<Uint8Array>)
}

function queryText(query: SignedRequest['query'] = {}): string {
  const parts = Object.entries(query).flatMap(([name, value]) =>
    value === null ? [percentEncode(name)] : [value].flat().map(one => `${percentEncode(name)}=${percentEncode(one)}`),
  )
  return parts.length === 0 ? '' : `?${parts.join('&')}`
}

/** As the signature has it, which is stricter than `encodeURIComponent`. */
function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}
