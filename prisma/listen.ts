import pg from 'pg'
import { asAppRole, databaseUrl } from './client'

export type Listener = {
  /** Resolves when the channel is being listened to. */
  ready: Promise<void>
  close(): Promise<void>
}

type Handlers = {
  notify: (payload: string) => void
  /** Called after each reconnection: what was sent in between is lost, so read anew. */
  reconnected?: () => void
}

const retryMs = 500

/**
 * Listens to a Postgres channel on a connection of its own, and connects again when it breaks.
 * @example
 * const listener = listen('millrace_execution', { notify: payload => ... })
 */
export function listen(channel: string, handlers: Handlers, url: string = databaseUrl()): Listener {
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let isClosed = false
  let hasConnected = false
  let resolveReady = () => {}
  const ready = new Promise<void>(resolve => {
    resolveReady = resolve
  })

  async function connect() {
    const next = new pg.Client({ ...asAppRole(url), keepAlive: true })
    client = next
    let isLost = false
    const lost = () => {
      if (isLost) return
      isLost = true
      next.end().catch(() => {})
      if (!isClosed) timer = setTimeout(connect, retryMs)
    }
    next.on('error', lost)
    next.on('end', lost)
    next.on('notification', message => handlers.notify(message.payload ?? ''))
    try {
      await next.connect()
      await next.query(`listen ${next.escapeIdentifier(channel)}`)
    } catch {
      return lost()
    }
    if (hasConnected) handlers.reconnected?.()
    hasConnected = true
    resolveReady()
  }

  void connect()
  return {
    ready,
    async close() {
      isClosed = true
      clearTimeout(timer)
      await client?.end().catch(() => {})
    },
  }
}
