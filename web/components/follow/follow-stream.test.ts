import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { followStream } from './follow-stream'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** Answers each connection in turn by one of `answers`; the last answers all further ones. */
async function serve(answers: ((response: ServerResponse) => void)[]) {
  const seen: (string | undefined)[] = []
  const server = createServer((request, response) => {
    const answer = answers[Math.min(seen.length, answers.length - 1)]
    seen.push(request.headers['last-event-id'] as string | undefined)
    answer?.(response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, seen }
}

function stream(text: string, after: 'close' | 'break') {
  return (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(text, () => (after === 'close' ? response.end() : response.destroy()))
  }
}

async function follow(url: string, lastEventId?: string) {
  const events: string[] = []
  const connections: boolean[] = []
  await followStream({
    url,
    lastEventId,
    onEvent: ({ event, data }) => events.push(`${event} ${data}`),
    onConnection: isConnected => connections.push(isConnected),
    signal: AbortSignal.timeout(20_000),
  })
  return { events, connections }
}

test('goes on after the last event where the connection broke, and stops at the end', async () => {
  const { url, seen } = await serve([
    stream('id: 1\ndata: a\n\n', 'break'),
    stream('id: 2\ndata: b\n\n', 'close'),
    stream('id: 3\nevent: end\ndata: {}\n\n', 'close'),
  ])
  const { events, connections } = await follow(url, '0')
  expect(events).toEqual(['message a', 'message b', 'end {}'])
  expect(seen).toEqual(['0', '1', '2'])
  expect(connections).toEqual([true, false, true, false, true])
})

test('a server that fails is asked again, a refusal is not', async () => {
  const { url, seen } = await serve([
    response => response.writeHead(503).end(),
    response => response.writeHead(404).end(),
  ])
  const { events } = await follow(url)
  expect(events).toEqual([])
  expect(seen).toHaveLength(2)
})

test('stops when it is told to', async () => {
  const { url } = await serve([stream('data: a\n\n', 'close')])
  const leave = new AbortController()
  let count = 0
  await followStream({
    url,
    onEvent: () => {
      count++
      leave.abort()
    },
    signal: leave.signal,
  })
  expect(count).toBe(1)
})
