import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export type TestServer = { url: string; close(): void }

type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => unknown

/** A web server on loopback for tests of HTTP tasks; one handler for each path. */
export async function startTestServer(handlers: Record<string, Handler>): Promise<TestServer> {
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://test')
    const handler = handlers[url.pathname]
    if (handler) handler(request, response, url)
    else response.writeHead(404, 'Not Found').end('no such page')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Answers with what was asked: method, path, query, headers and body. */
export const echo: Handler = async (request, response, url) => {
  const body = await text(request)
  const { method, headers } = request
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ method, path: url.pathname, query: url.search, headers, body }))
}
