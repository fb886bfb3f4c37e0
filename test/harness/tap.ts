import { createServer, type IncomingHttpHeaders, type IncomingMessage, request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { type Duplex, pipeline, type Transform } from 'node:stream'

export type Call = { method: string; url: string }

/**
 * `asked`: the call has not gone further. `answered`: it was done, and who asked does not know it yet. `flowing`: the
 * first part of the answer has been passed on.
 */
export type Moment = 'asked' | 'answered' | 'flowing'

export type Tap = {
  /** Where to ask instead of the server: a port of this machine, or the given socket. */
  port: number
  /** All calls that were passed on. */
  passed: Call[]
  /** At the given moment of the next such call `act` is called, and the call is cut off. Resolves then. */
  strike(moment: Moment, isMeant: (call: Call) => boolean, act: () => void): Promise<void>
  /** What comes back of each call that is upgraded goes through what `make` makes for it, if anything. */
  alter(make: (call: Call) => Transform | undefined): void
  stop(): Promise<void>
}

/** What is the same for all calls to the server behind: where it is, and how one is known there. */
export type Behind = { url?: URL; socketPath?: string; options?: object }

/** Stands between a worker and a server that it calls over HTTP, and sees each call. */
export async function startTap(behind: Behind, socketPath?: string): Promise<Tap> {
  const passed: Call[] = []
  const strikes = new Set<{ moment: Moment; isMeant(call: Call): boolean; act(): void }>()
  const sockets = new Set<Duplex>()
  let make: (call: Call) => Transform | undefined = () => undefined

  /** Whether the call ends here. */
  function isStruck(moment: Moment, call: Call): boolean {
    const found = [...strikes].find(strike => strike.moment === moment && strike.isMeant(call))
    if (found === undefined) return false
    strikes.delete(found)
    found.act()
    return true
  }

  function passOn(incoming: IncomingMessage, call: Call) {
    const { url, socketPath: path, options } = behind
    const send = url?.protocol === 'https:' ? secureRequest : plainRequest
    const place = path === undefined ? { host: url?.hostname, port: url?.port } : { socketPath: path }
    const headers: IncomingHttpHeaders = { ...incoming.headers }
    delete headers.host
    passed.push(call)
    return send({ ...options, ...place, method: call.method, path: call.url, headers })
  }

  const server = createServer((incoming, outgoing) => {
    const call = callOf(incoming)
    if (isStruck('asked', call)) return void incoming.socket.destroy()
    const further = passOn(incoming, call)
    further.on('error', () => incoming.socket.destroy())
    // Who asked may be gone at any time: then nothing goes on here.
    incoming.on('error', () => further.destroy())
    outgoing.on('error', () => further.destroy())
    outgoing.on('close', () => further.destroy())
    further.on('response', answer => {
      const { statusCode = 0, headers } = answer
      if (isStruck('answered', call)) return void incoming.socket.destroy()
      outgoing.writeHead(statusCode, headers)
      outgoing.flushHeaders()
      answer.once('data', () => setImmediate(isStruck, 'flowing', call))
      answer.on('error', () => incoming.socket.destroy())
      answer.pipe(outgoing)
    })
    incoming.pipe(further)
  })

  server.on('upgrade', (incoming: IncomingMessage, near: Socket, head: Buffer) => {
    const call = callOf(incoming)
    if (isStruck('asked', call)) return void near.destroy()
    const further = passOn(incoming, call)
    further.on('error', () => near.destroy())
    near.on('error', () => further.destroy())
    // Refused: who asked sees a connection that breaks, as it may at any time.
    further.on('response', () => near.destroy())
    further.on('upgrade', (answer: IncomingMessage, far: Socket, farHead: Buffer) => {
      if (isStruck('answered', call)) return void near.destroy()
      near.write(`HTTP/1.1 101 Switching Protocols\r\n${headerLines(answer)}\r\n\r\n`)
      near.on('close', () => far.destroy())
      far.once('data', () => setImmediate(isStruck, 'flowing', call))
      if (farHead.length > 0) far.unshift(farHead)
      const altered = make(call)
      const ways = altered === undefined ? [far, near] : [far, altered, near]
      // Who asked hears all that came before the end.
      pipeline(ways, error => error && near.destroy())
      if (head.length > 0) near.unshift(head)
      near.pipe(far)
    })
    further.end()
  })
  server.on('connection', socket => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>(resolve =>
    socketPath === undefined ? server.listen(0, '127.0.0.1', resolve) : server.listen(socketPath, resolve),
  )
  return {
    port: socketPath === undefined ? (server.address() as AddressInfo).port : 0,
    passed,
    strike: (moment, isMeant, act) =>
      new Promise(resolve => {
        const both = () => {
          act()
          resolve()
        }
        strikes.add({ moment, isMeant, act: both })
      }),
    alter(given) {
      make = given
    },
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

const callOf = ({ method = '', url = '' }: IncomingMessage): Call => ({ method, url })

function headerLines({ rawHeaders }: IncomingMessage): string {
  const lines: string[] = []
  for (let index = 0; index < rawHeaders.length; index += 2)
    lines.push(`${rawHeaders[index]}: ${rawHeaders[index + 1]}`)
  return lines.join('\r\n')
}
