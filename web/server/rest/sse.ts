import { log } from '../log'

/** Server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export type ServerEvent = { event?: string; id?: string; data: unknown }

/** Proxies close what is silent; a comment keeps the connection without being an event. */
const heartbeatMs = 15_000

const encoder = new TextEncoder()

/**
 * Streams what `produce` yields until it ends or the reader leaves. `produce` gets a signal that aborts then, so that it
 * stops waiting; what is ready is pulled, never buffered ahead of a slow reader.
 */
export function sseResponse(
  produce: (signal: AbortSignal) => AsyncIterator<ServerEvent>,
  requestSignal: AbortSignal,
): Response {
  const leave = new AbortController()
  const signal = AbortSignal.any([leave.signal, requestSignal])
  let events: AsyncIterator<ServerEvent>
  let heartbeat: NodeJS.Timeout

  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      events = produce(signal)
      heartbeat = setInterval(() => controller.enqueue(encoder.encode(': heartbeat\n\n')), heartbeatMs)
      // Says at once that the stream is open: some clients wait for the first byte.
      controller.enqueue(encoder.encode(': open\n\n'))
      signal.addEventListener('abort', () => clearInterval(heartbeat), { once: true })
    },
    async pull(controller) {
      try {
        const next = await events.next()
        // The reader may have left while we waited.
        if (signal.aborted) return
        if (next.done !== true) return controller.enqueue(encoder.encode(formatEvent(next.value)))
        controller.close()
      } catch (error) {
        log.error({ err: error }, 'event stream failed')
        controller.error(error)
      }
      leave.abort()
    },
    cancel() {
      leave.abort()
    },
  })
  return new Response(stream, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}

/** @example formatEvent({ id: '7', data: { a: 1 } }) -> 'id: 7\ndata: {"a":1}\n\n' */
export function formatEvent({ event, id, data }: ServerEvent): string {
  const lines = [
    ...(id === undefined ? [] : [`id: ${id}`]),
    ...(event === undefined ? [] : [`event: ${event}`]),
    `data: ${JSON.stringify(data)}`,
  ]
  return `${lines.join('\n')}\n\n`
}
