import { lookup as dnsLookup, type LookupAddress } from 'node:dns'
import { lookup as lookupAll } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import type { Readable } from 'node:stream'
import { type Dispatcher, EnvHttpProxyAgent, FormData as UndiciFormData, fetch as undiciFetch } from 'undici'
import { type OutboundFetch, type OutboundOptions, type OutboundResponse, TaskError } from '#language/define-plugin'
import type { EgressGuard } from './egress-guard'
import { tapBody } from './tap-body'

type Env = { [name: string]: string | undefined }
type UndiciInit = NonNullable<Parameters<typeof undiciFetch>[1]>

/** Without wishes of a task, requests share connections. */
const sharedDispatchers = new WeakMap<EgressGuard, WeakMap<Env, Dispatcher>>()

/** A refused address; shown to the user as it is. */
class EgressRefused extends Error {
  constructor(host: string, why: string) {
    super(`${host} is refused: ${why}. Tasks of this installation reach public addresses only`)
    this.name = 'EgressRefused'
  }
}

/**
 * `fetch` for tasks: honours HTTPS_PROXY, HTTP_PROXY and NO_PROXY (NODE_EXTRA_CA_CERTS is Node's own), stops with
 * `signal`, and connects only to addresses that `guard` allows, checked at each redirect on the address really used.
 */
export function createOutboundFetch(options: { signal: AbortSignal; guard: EgressGuard; env?: Env }): OutboundFetch {
  const { signal, guard, env = process.env } = options

  return async (input, init = {}) => {
    const { outbound, asNodeStream, ...rest } = init
    const { url, authorization } = splitCredentials(input)
    const headers = new Headers(rest.headers ?? (input instanceof Request ? input.headers : undefined))
    if (authorization && !headers.has('authorization')) headers.set('authorization', authorization)
    const dispatcher = outbound ? createDispatcher(guard, env, outbound) : sharedDispatcher(guard, env)
    const tap = asNodeStream ? tapBody({ encoded: asNodeStream === 'encoded' }) : undefined
    const request = {
      ...rest,
      headers,
      body: toUndiciBody(rest.body),
      signal: rest.signal ? AbortSignal.any([signal, rest.signal]) : signal,
      dispatcher: tap === undefined ? dispatcher : dispatcher.compose(tap.interceptor),
    } as UndiciInit
    try {
      const response = await undiciFetch(url as Parameters<typeof undiciFetch>[0], request)
      return withNodeBody(response as unknown as Response, tap?.body())
    } catch (error) {
      throw request.signal?.aborted ? error : explain(input, error)
    } finally {
      // Waits for the answer's body, then frees the connection.
      if (outbound) void dispatcher.close()
    }
  }
}

function withNodeBody(response: Response, nodeBody: Readable | undefined): OutboundResponse {
  if (nodeBody === undefined) return response
  // `fetch` breaks off what nobody holds any more.
  nodeBody.once('close', () => response.status)
  return Object.assign(response, { nodeBody })
}

/** For connections that are no HTTP: looks a host up once and answers an address that the guard allows. */
export function createHostResolver(guard: EgressGuard): (host: string) => Promise<string> {
  return async host => {
    const addresses = await lookupAll(host, { all: true }).catch(error => {
      throw new TaskError(`The host ${host} is not found: ${error.message}`, { cause: error })
    })
    const allowed = addresses.find(({ address }) => guard.refuse(address) === null)
    if (!allowed) throw new TaskError(refusal(guard, host, addresses).message)
    return allowed.address
  }
}

function sharedDispatcher(guard: EgressGuard, env: Env): Dispatcher {
  const ofGuard = sharedDispatchers.get(guard) ?? new WeakMap<Env, Dispatcher>()
  sharedDispatchers.set(guard, ofGuard)
  const dispatcher = ofGuard.get(env) ?? createDispatcher(guard, env, {})
  ofGuard.set(env, dispatcher)
  return dispatcher
}

function createDispatcher(guard: EgressGuard, env: Env, outbound: OutboundOptions): Dispatcher {
  const proxies = outbound.proxy ? ownProxy(outbound.proxy) : envProxies(env)
  const tls = outbound.insecureTls ? { rejectUnauthorized: false } : {}
  const lookup = guardedLookup(guard)
  const agent = new EnvHttpProxyAgent({
    ...proxies,
    // Plain http goes through a proxy as curl sends it, not by CONNECT, which many proxies allow to port 443 only.
    proxyTunnel: false,
    // A direct connection; through a proxy it is `requestTls` that speaks to the host.
    connect: { ...tls, lookup, timeout: outbound.connectTimeoutMs },
    requestTls: { ...tls, timeout: outbound.connectTimeoutMs },
    // The installation's proxy is trusted; a proxy that a task names must pass the guard as any host.
    proxyTls: { ...tls, ...(outbound.proxy && { lookup }), timeout: outbound.connectTimeoutMs },
    headersTimeout: outbound.readIdleTimeoutMs,
    bodyTimeout: outbound.readIdleTimeoutMs,
  })
  const literals = [outbound.proxy?.address].filter(address => address !== undefined)
  return agent.compose(screenHosts(guard, literals, Boolean(proxies.httpProxy || proxies.httpsProxy)))
}

function envProxies(env: Env): { httpProxy: string; httpsProxy: string; noProxy: string } {
  return {
    httpProxy: env.http_proxy ?? env.HTTP_PROXY ?? '',
    httpsProxy: env.https_proxy ?? env.HTTPS_PROXY ?? '',
    noProxy: env.no_proxy ?? env.NO_PROXY ?? '',
  }
}

function ownProxy(proxy: NonNullable<OutboundOptions['proxy']>): ReturnType<typeof envProxies> {
  const url = new URL(`http://${isIP(proxy.address) === 6 ? `[${proxy.address}]` : proxy.address}:${proxy.port}`)
  url.username = proxy.username ?? ''
  url.password = proxy.password ?? ''
  return { httpProxy: url.href, httpsProxy: url.href, noProxy: '' }
}

/** Resolves once, and only addresses that passed are connected to: a second answer of the DNS changes nothing. */
function guardedLookup(guard: EgressGuard): LookupFunction {
  return (hostname, options, callback) => {
    dnsLookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, [])
      const allowed = addresses.filter(({ address }) => guard.refuse(address) === null)
      const first = allowed[0]
      if (!first) return callback(refusal(guard, hostname, addresses), [])
      if (options.all) callback(null, allowed)
      else callback(null, first.address, first.family)
    })
  }
}

/** Sees every request, redirects too. Literal addresses are never looked up, and a proxy looks names up by itself. */
function screenHosts(
  guard: EgressGuard,
  literals: string[],
  isProxied: boolean,
): Dispatcher.DispatcherComposeInterceptor {
  return dispatch => (options, handler) => {
    const host = new URL(options.origin ?? '').hostname.replace(/^\[|\]$/g, '')
    const literal = [host, ...literals].find(name => isIP(name) && guard.refuse(name) !== null)
    if (literal) {
      fail(handler, new EgressRefused(literal, guard.refuse(literal) ?? ''))
      return true
    }
    if (!isProxied || isIP(host)) return dispatch(options, handler)
    dnsLookup(host, { all: true }, (error, addresses) => {
      // Behind a proxy there may be no DNS at all: then the proxy alone decides.
      const isRefused = !error && addresses.every(({ address }) => guard.refuse(address) !== null)
      if (isRefused) fail(handler, refusal(guard, host, addresses))
      else dispatch(options, handler)
    })
    return true
  }
}

function fail(handler: Dispatcher.DispatchHandler, error: Error): void {
  handler.onResponseError?.(undefined as never, error)
}

function refusal(guard: EgressGuard, host: string, addresses: LookupAddress[]): EgressRefused {
  const address = addresses[0]?.address ?? ''
  return new EgressRefused(host, guard.refuse(address) ?? 'it has no address')
}

/** `https://user:secret@host/` is what fetch refuses; other clients send Basic authentication then. */
function splitCredentials(input: string | URL | Request): { url: string | URL | Request; authorization?: string } {
  if (input instanceof Request || !URL.canParse(input)) return { url: input }
  const url = new URL(input)
  if (url.username === '' && url.password === '') return { url }
  const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
  url.username = ''
  url.password = ''
  return { url, authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }
}

/** Node's own FormData is foreign to undici's fetch, which would send it as `[object FormData]`. */
function toUndiciBody(body: RequestInit['body']): UndiciInit['body'] {
  if (!(body instanceof FormData)) return body as UndiciInit['body']
  const form = new UndiciFormData()
  for (const [name, value] of body) form.append(name, value as never)
  return form
}

/** fetch says only "fetch failed"; what happened stands in the causes. */
function explain(input: string | URL | Request, error: unknown): TaskError {
  const url = input instanceof Request ? input.url : String(input)
  return new TaskError(`Request to ${withoutSecrets(url)} failed: ${rootCause(error)}`, { cause: error })
}

function rootCause(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return rootCause(error.errors[0])
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : rootCause(error.cause)
}

/** Without user, password, query and fragment: they may hold secrets, and messages are kept. */
function withoutSecrets(url: string): string {
  if (!URL.canParse(url)) return url
  const { protocol, host, pathname } = new URL(url)
  return `${protocol}//${host}${pathname}`
}
