import { createSseParser, type StreamEvent } from './sse-parser'

const firstWaitMs = 500
const maxWaitMs = 10_000

export type Follow = {
  url: string
  /** Resume after this one. */
  lastEventId?: string
  onEvent: (event: StreamEvent) => void
  /** False while the connection is lost. */
  onConnection?: (isConnected: boolean) => void
  signal: AbortSignal
}

/**
 * Reads a stream of events up to the one named `end`. A lost connection is opened again, after the last event that came.
 * EventSource can't begin after a given event, hence `fetch`.
 */
export async function followStream({ url, lastEventId, onEvent, onConnection, signal }: Follow): Promise<void> {
  let last = lastEventId
  let waitMs = firstWaitMs
  while (!signal.aborted) {
    try {
      for await (const event of readEvents(url, last, signal, () => onConnection?.(true))) {
        waitMs = firstWaitMs
        last = event.id ?? last
        onEvent(event)
        if (event.event === 'end') return
      }
      onConnection?.(false)
    } catch (error) {
      if (signal.aborted || error instanceof Refused) return
      onConnection?.(false)
    }
    await wait(waitMs, signal)
    waitMs = Math.min(waitMs * 2, maxWaitMs)
  }
}

/** Asking again would not help: not signed in, no such execution. */
class Refused extends Error {}

async function* readEvents(
  url: string,
  lastEventId: string | undefined,
  signal: AbortSignal,
  onOpen: () => void,
): AsyncGenerator<StreamEvent> {
  const headers: Record<string, string> = { accept: 'text/event-stream' }
  if (lastEventId !== undefined) headers['last-event-id'] = lastEventId
  const response = await fetch(url, { headers, signal, cache: 'no-store' })
  if (response.status >= 400 && response.status < 500) throw new Refused(String(response.status))
  if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`)
  onOpen()
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  const parse = createSseParser()
  while (true) {
    const { done, value } = await reader.read()
    if (done) return
    yield* parse(value)
  }
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
}
