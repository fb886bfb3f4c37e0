import type { ConnectionOptions } from 'node:tls'
import pg from 'pg'
import { type PluginContext, TaskError } from '#language/define-plugin'
import { parseJdbcUrl } from './jdbc-url'
import type { sslModes } from './properties'
import { getTypeParser } from './type-parsers'

export type ConnectionProperties = {
  url: string
  username?: string
  password?: string
  ssl?: boolean
  sslMode?: (typeof sslModes)[number]
  sslRootCert?: string
  sslCert?: string
  sslKey?: string
  sslKeyPassword?: string
}

const connectTimeoutMs = 30_000

/** Opens a connection; through the egress guard, and with TLS as the task wishes. */
export async function connect(ctx: PluginContext, properties: ConnectionProperties): Promise<pg.Client> {
  const url = parseJdbcUrl(properties.url)
  const mode = properties.sslMode ?? url.sslMode ?? (properties.ssl || url.ssl ? 'VERIFY_FULL' : 'PREFER')
  const config: pg.ClientConfig = {
    host: await ctx.resolveHost(url.host),
    port: url.port,
    database: url.database,
    user: properties.username ?? url.user,
    password: properties.password ?? url.password,
    application_name: `millrace ${ctx.flowId}`,
    connectionTimeoutMillis: connectTimeoutMs,
    types: { getTypeParser },
    ...(url.currentSchema && { options: `-c search_path=${url.currentSchema}` }),
  }
  const tls = mode === 'DISABLE' ? false : tlsOptions(properties, url.host, mode)
  const place = `${url.host}:${url.port}/${url.database}`
  try {
    return await open(ctx, { ...config, ssl: tls })
  } catch (error) {
    const isRefusedTls = error instanceof Error && error.message.includes('does not support SSL')
    if (isRefusedTls && (mode === 'PREFER' || mode === 'ALLOW')) {
      return open(ctx, { ...config, ssl: false }).catch(again => fail(place, again))
    }
    return fail(place, error)
  }
}

async function open(ctx: PluginContext, config: pg.ClientConfig): Promise<pg.Client> {
  ctx.signal.throwIfAborted()
  const client = new pg.Client(config)
  // A connection that breaks between two statements would end the process; the next statement reports it.
  client.on('error', error => ctx.log('WARN', `The database ended the connection: ${error.message}`))
  client.on('notice', notice => ctx.log('DEBUG', String(notice.message)))
  try {
    await client.connect()
    return client
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
}

function tlsOptions(properties: ConnectionProperties, host: string, mode: string): ConnectionOptions {
  const isVerified = mode === 'VERIFY_CA' || mode === 'VERIFY_FULL'
  return {
    servername: host,
    rejectUnauthorized: isVerified,
    ...(mode === 'VERIFY_CA' && { checkServerIdentity: () => undefined }),
    ...(properties.sslRootCert && { ca: properties.sslRootCert }),
    ...(properties.sslCert && { cert: properties.sslCert }),
    ...(properties.sslKey && { key: properties.sslKey, passphrase: properties.sslKeyPassword }),
  }
}

function fail(place: string, error: unknown): never {
  const reason = error instanceof AggregateError ? error.errors[0]?.message : (error as Error).message
  throw new TaskError(`Can't connect to PostgreSQL at ${place}: ${reason}`, { cause: error })
}
