import type { OutboundResponse, RunContext } from '#language/define-plugin'
import { TaskError } from '#language/define-plugin'
import type { Json } from '#language/json'
import { createBody } from './body'
import { answerDigest } from './digest-auth'
import type { HttpRequest } from './properties'
import { type HttpSettings, readSettings } from './settings'

const shownBodyChars = 1000
const secretHeaders = new Set(['authorization', 'proxy-authorization', 'cookie', 'set-cookie'])

/** What a request needs of a task or a trigger. */
type HttpContext = Pick<RunContext, 'fetch' | 'log' | 'storage'>

/** Sends a request as its task asks for; resolves with an answer that counts as success, its body not read yet. */
export async function sendRequest(
  ctx: HttpContext,
  request: HttpRequest,
  options: { asNodeStream?: boolean } = {},
): Promise<OutboundResponse> {
  const settings = { ...readSettings(request), ...options }
  const url = readUrl(request)
  let response = await send(ctx, request, settings, url, readAuthorization(settings))
  if (response.status === 401 && settings.auth.type === 'DIGEST') {
    const challenge = response.headers.get('www-authenticate')
    const method = request.method.toUpperCase()
    const authorization = answerDigest(challenge, { method, url }, settings.auth)
    if (authorization) {
      await response.body?.cancel()
      response = await send(ctx, request, settings, url, authorization)
    }
  }
  if (settings.logs.includes('RESPONSE_HEADERS')) {
    ctx.log('INFO', `${response.status} ${response.statusText}\n${formatHeaders(response.headers)}`)
  }
  if (!isSuccess(response.status, settings)) throw await toTaskError(response, request, url)
  return response
}

async function send(
  ctx: HttpContext,
  request: HttpRequest,
  settings: HttpSettings & { asNodeStream?: boolean },
  url: URL,
  authorization: string | undefined,
): Promise<OutboundResponse> {
  const { content, contentType } = createBody(ctx, request)
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    for (const item of Array.isArray(value) ? value : [value]) headers.append(name, toText(item))
  }
  if (contentType && !headers.has('content-type')) headers.set('content-type', contentType)
  if (authorization && !headers.has('authorization')) headers.set('authorization', authorization)

  const method = request.method.toUpperCase()
  if (settings.logs.includes('REQUEST_HEADERS')) ctx.log('INFO', `${method} ${url.href}\n${formatHeaders(headers)}`)
  if (settings.logs.includes('REQUEST_BODY') && typeof content === 'string') ctx.log('INFO', content)
  const isStream = content !== undefined && typeof content !== 'string'
  return ctx.fetch(url, {
    method,
    headers,
    body: content as RequestInit['body'],
    redirect: settings.isRedirectFollowed ? 'follow' : 'manual',
    outbound: settings.outbound,
    asNodeStream: settings.asNodeStream,
    // Required by fetch for a body that is streamed; not in the DOM's types.
    ...(isStream && { duplex: 'half' }),
  })
}

function readUrl({ uri, params }: HttpRequest): URL {
  const trimmed = uri.trim()
  if (!URL.canParse(trimmed))
    throw new TaskError(`uri: ${JSON.stringify(trimmed)} is no address; write https://host/path`)
  const url = new URL(trimmed)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new TaskError(`uri: ${url.protocol}// is not supported; only http:// and https:// are`)
  }
  for (const [name, value] of Object.entries(params ?? {})) {
    for (const item of Array.isArray(value) ? value : [value]) url.searchParams.append(name, toText(item))
  }
  return url
}

function readAuthorization({ auth }: HttpSettings): string | undefined {
  if (auth.type === 'BEARER') return `Bearer ${auth.token}`
  if (auth.type !== 'BASIC') return undefined
  return `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}`
}

function isSuccess(status: number, { allowedCodes, isFailureAllowed }: HttpSettings): boolean {
  if (allowedCodes.length > 0) return allowedCodes.includes(status) || isFailureAllowed
  return status < 400 || isFailureAllowed
}

async function toTaskError(response: Response, request: HttpRequest, url: URL): Promise<TaskError> {
  const status = `${response.status} ${response.statusText}`.trim()
  const start = (await readStart(response)).trim()
  const message = `${request.method.toUpperCase()} ${url.origin}${url.pathname} answered ${status}`
  return new TaskError(start ? `${message}: ${start}` : message, {
    outputs: { uri: response.url || url.href, code: response.status, headers: headersOutput(response.headers) },
  })
}

/** Only the beginning of what may be a large page. */
async function readStart(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let start = ''
  try {
    for await (const chunk of response.body ?? []) {
      start += decoder.decode(chunk, { stream: true })
      if (start.length >= shownBodyChars) return `${start.slice(0, shownBodyChars)}...`
    }
  } catch {
    // The status is what matters; the body broke off.
  }
  return start
}

/** Headers as Kestra has them: a list of values for each name. */
export function headersOutput(headers: Headers): { [name: string]: string[] } {
  const output: { [name: string]: string[] } = {}
  for (const [name, value] of headers) output[name] = [...(output[name] ?? []), value]
  return output
}

function formatHeaders(headers: Headers): string {
  return [...headers].map(([name, value]) => `${name}: ${secretHeaders.has(name) ? '******' : value}`).join('\n')
}

function toText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
