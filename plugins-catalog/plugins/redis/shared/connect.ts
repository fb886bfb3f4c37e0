import { createClient } from '@redis/client'
import { type PluginContext, TaskError } from '#language/define-plugin'

/** A connection to a Redis server: one command at a time, as the server reads it. */
export type Redis = { send(...command: string[]): Promise<unknown>; close(): void }

const connectTimeoutMs = 10_000

/** Opens a connection; through the egress guard. It is closed as soon as the signal is aborted, whatever waits on it. */
export async function connect(ctx: Pick<PluginContext, 'resolveHost' | 'signal'>, address: string): Promise<Redis> {
  const url = readUrl(address)
  const place = url.host
  const client = createClient({
    socket: {
      host: await ctx.resolveHost(url.hostname.replace(/^\[|\]$/g, '')),
      port: Number(url.port || 6379),
      connectTimeout: connectTimeoutMs,
      reconnectStrategy: false,
      ...(url.protocol === 'rediss:' ? { tls: true as const, servername: url.hostname } : {}),
    },
    ...(url.username === '' ? {} : { username: decodeURIComponent(url.username) }),
    ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
    database: Number(url.pathname.slice(1) || 0),
    disableOfflineQueue: true,
  })
  let broken: Error | undefined
  client.on('error', error => {
    broken = error
  })
  const close = () => {
    ctx.signal.removeEventListener('abort', close)
    if (client.isOpen) client.destroy()
  }
  ctx.signal.addEventListener('abort', close)
  const explain = (error: unknown): never => {
    ctx.signal.throwIfAborted()
    throw new TaskError(`Redis at ${place}: ${((broken ?? error) as Error).message}`, { cause: error })
  }
  try {
    ctx.signal.throwIfAborted()
    await client.connect()
  } catch (error) {
    close()
    return explain(error)
  }
  return { send: (...command) => client.sendCommand(command).catch(explain), close }
}

/** Runs commands on a connection of their own. */
export async function withRedis<T>(
  ctx: Pick<PluginContext, 'resolveHost' | 'signal'>,
  address: string,
  work: (redis: Redis) => Promise<T>,
): Promise<T> {
  const redis = await connect(ctx, address)
  try {
    return await work(redis)
  } finally {
    redis.close()
  }
}

function readUrl(address: string): URL {
  const url = URL.canParse(address.trim()) ? new URL(address.trim()) : undefined
  if (url?.protocol !== 'redis:' && url?.protocol !== 'rediss:') {
    throw new TaskError('url: write redis://host:6379/0, or rediss:// for TLS')
  }
  if (!/^\/?\d*$/.test(url.pathname)) throw new TaskError('url: the database of a Redis server is a number, such as /0')
  return url
}
