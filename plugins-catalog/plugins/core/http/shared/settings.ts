import type { OutboundOptions } from '#language/define-plugin'
import { TaskError } from '#language/define-plugin'
import { durationMs } from '#language/durations'
import type { HttpRequest, httpLogs } from './properties'

export type HttpAuth =
  | { type: 'NONE' }
  | { type: 'BASIC' | 'DIGEST'; username: string; password: string }
  | { type: 'BEARER'; token: string }

/** The options of a request with old and new names made one. */
export type HttpSettings = {
  auth: HttpAuth
  isRedirectFollowed: boolean
  isFailureAllowed: boolean
  allowedCodes: number[]
  charset: string
  logs: (typeof httpLogs)[number][]
  maxBodyBytes: number
  outbound?: OutboundOptions
}

const defaultMaxBodyBytes = 10 * 1024 * 1024

export function readSettings(request: HttpRequest): HttpSettings {
  const options = request.options ?? {}
  return {
    auth: readAuth(options),
    isRedirectFollowed: options.followRedirects ?? true,
    isFailureAllowed: options.allowFailed ?? request.allowFailed ?? false,
    allowedCodes: options.allowedResponseCodes ?? [],
    charset: options.defaultCharset ?? 'UTF-8',
    logs: options.logs ?? [],
    maxBodyBytes: options.maxContentLength ?? defaultMaxBodyBytes,
    outbound: readOutbound(request),
  }
}

function readAuth(options: NonNullable<HttpRequest['options']>): HttpAuth {
  const { auth } = options
  const username = auth?.username ?? options.basicAuthUser
  const password = auth?.password ?? options.basicAuthPassword ?? ''
  if (auth?.type === 'BEARER' || (auth?.token !== undefined && auth.type === undefined)) {
    if (!auth.token) throw new TaskError('options.auth of type BEARER needs a token')
    return { type: 'BEARER', token: auth.token }
  }
  if (username === undefined) {
    if (auth?.type) throw new TaskError(`options.auth of type ${auth.type} needs a username and a password`)
    return { type: 'NONE' }
  }
  return { type: auth?.type ?? 'BASIC', username, password }
}

/** Undefined where the task has no wish, so that the request shares connections. */
function readOutbound(request: HttpRequest): OutboundOptions | undefined {
  const options = request.options ?? {}
  const connectTimeout = options.timeout?.connectTimeout ?? options.connectTimeout
  const readIdleTimeout = options.timeout?.readIdleTimeout ?? options.readIdleTimeout ?? options.readTimeout
  const outbound: OutboundOptions = {
    connectTimeoutMs: connectTimeout === undefined ? undefined : durationMs(connectTimeout),
    readIdleTimeoutMs: readIdleTimeout === undefined ? undefined : durationMs(readIdleTimeout),
    insecureTls: (options.ssl ?? request.sslOptions)?.insecureTrustAllCertificates,
    proxy: readProxy(options),
  }
  return Object.values(outbound).some(value => value !== undefined) ? outbound : undefined
}

function readProxy(options: NonNullable<HttpRequest['options']>): OutboundOptions['proxy'] {
  const { proxy } = options
  const type = proxy?.type ?? options.proxyType
  const address = proxy?.address ?? options.proxyAddress
  const port = proxy?.port ?? options.proxyPort
  if (type === 'DIRECT' || address === undefined) return undefined
  if (type === 'SOCKS') throw new TaskError('options.proxy: SOCKS proxies are not supported; use one of type HTTP')
  if (port === undefined) throw new TaskError('options.proxy needs a port')
  return {
    address,
    port,
    username: proxy?.username ?? options.proxyUsername,
    password: proxy?.password ?? options.proxyPassword,
  }
}
