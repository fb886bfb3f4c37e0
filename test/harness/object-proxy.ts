import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** When something is to happen: at the nth request of a kind from then on, before it goes on or before it is answered. */
export type Strike = { method: 'GET' | 'DELETE'; nth: number; when: 'before' | 'after'; act(): void }

export type ObjectProxy = {
  endpoint: string
  /** Once: the request is dropped with it. */
  arm(strike: Strike): void
  stop(): Promise<void>
}

/** Stands before an S3 service, and strikes when a certain request for an object comes by. */
export async function startObjectProxy(endpoint: string): Promise<ObjectProxy> {
  let armed: Strike | undefined
  const due = ({ method, url = '' }: IncomingMessage) => {
    const strike = armed
    if (strike === undefined || strike.method !== method || url.includes('list-type=')) return undefined
    strike.nth--
    if (strike.nth > 0) return undefined
    armed = undefined
    return strike
  }
  const server = createServer((incoming, outgoing) => {
    const strike = due(incoming)
    const drop = () => {
      strike?.act()
      outgoing.destroy()
    }
    if (strike?.when === 'before') drop()
    else forward(endpoint, incoming, outgoing, strike && drop)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    endpoint: `http://127.0.0.1:${port}`,
    arm: strike => {
      armed = { ...strike }
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** `instead`: of telling the answer, which came. */
function forward(endpoint: string, incoming: IncomingMessage, outgoing: ServerResponse, instead?: () => void): void {
  const { method, url = '/', headers } = incoming
  const onward = request(new URL(url, endpoint), { method, headers }, answer => {
    if (instead) return void answer.resume().once('end', instead)
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(outgoing)
  })
  onward.on('error', () => outgoing.destroy())
  incoming.pipe(onward)
}
