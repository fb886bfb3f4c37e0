/** A connection to a cluster's API server. Objects go through the client library; streams are ours, for their backpressure. */
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest, type RequestOptions } from 'node:https'
import { Readable } from 'node:stream'
import {
  BatchV1Api,
  CoreV1Api,
  type KubeConfig,
  PatchStrategy,
  setHeaderOptions,
  VersionApi,
  Watch,
} from '@kubernetes/client-node'
import WebSocket, { type ClientOptions } from 'ws'

export type PodRef = {
  namespace: string
  pod: string
  container: string
  /** Aborted once the pod is gone: its streams need not say so themselves. */
  gone?: AbortSignal
}

export type Cluster = ReturnType<typeof connectCluster>

const fieldManager = 'millrace'
const plurals = {
  Namespace: 'namespaces',
  Secret: 'secrets',
  ServiceAccount: 'serviceaccounts',
  ResourceQuota: 'resourcequotas',
  LimitRange: 'limitranges',
  NetworkPolicy: 'networkpolicies',
} as const

/** For the library's patches: what is given replaces what was there. */
export const mergePatch = setHeaderOptions('Content-Type', PatchStrategy.MergePatch)

/** An object, or the part of it that is ours, as it is to be. */
export type Declared = {
  apiVersion: string
  kind: keyof typeof plurals
  metadata: { name: string; namespace?: string; labels?: Record<string, string>; ownerReferences?: object[] }
  spec?: object
  automountServiceAccountToken?: boolean
}

export function connectCluster(config: KubeConfig) {
  const server = config.getCurrentCluster()?.server ?? ''
  return {
    core: config.makeApiClient(CoreV1Api),
    batch: config.makeApiClient(BatchV1Api),
    version: config.makeApiClient(VersionApi),
    watch: new Watch(config),

    /** Makes an object as declared, whatever it was before. (The library's own serializer loses LimitRange's `default`.) */
    async apply(object: Declared): Promise<void> {
      const { namespace, name } = object.metadata
      const scope = namespace === undefined ? '' : `namespaces/${namespace}/`
      const root = object.apiVersion === 'v1' ? 'api/v1' : `apis/${object.apiVersion}`
      const url = new URL(
        `${server}/${root}/${scope}${plurals[object.kind]}/${name}?fieldManager=${fieldManager}&force=true`,
      )
      const options: RequestOptions = { method: 'PATCH', headers: { 'content-type': PatchStrategy.ServerSideApply } }
      await config.applyToHTTPSOptions(options)
      const answer = await call(url, options, JSON.stringify(object))
      answer.resume()
    },

    /** Runs a command in a container: `input` becomes its stdin, what is returned its stdout. */
    async exec(ref: PodRef, command: readonly string[], input?: Readable): Promise<Exec> {
      const url = new URL(`${server.replace(/^http/, 'ws')}/api/v1/namespaces/${ref.namespace}/pods/${ref.pod}/exec`)
      url.searchParams.set('container', ref.container)
      url.searchParams.set('stdout', 'true')
      url.searchParams.set('stderr', 'true')
      url.searchParams.set('stdin', String(input !== undefined))
      for (const part of command) url.searchParams.append('command', part)
      const options: ClientOptions = { generateMask: noMask, perMessageDeflate: false }
      await config.applyToHTTPSOptions(options)
      return await openExec(url, options, input, ref.gone)
    },
  }
}

/** An answer of the API server other than success. */
export class ClusterError extends Error {
  readonly code: number
  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

/** Calls, and answers `fallback` where the object is not there, or is there already. */
export async function unless<T, F>(code: 404 | 409, call: Promise<T>, fallback: F): Promise<T | F> {
  try {
    return await call
  } catch (error) {
    if (codeOf(error) === code) return fallback
    throw error
  }
}

/** The status in an error of the library or of ours. */
export function codeOf(error: unknown): number | undefined {
  const { code } = error as { code?: unknown }
  return typeof code === 'number' ? code : undefined
}

/** What the API server says about a refusal; the library hides it in the body. */
export function reasonOf(error: unknown): string {
  const { body, message } = error as { body?: unknown; message?: string }
  const status = typeof body === 'string' ? parseStatus(body) : (body as { message?: string } | undefined)
  return status?.message ?? message ?? String(error)
}

function parseStatus(text: string): { message?: string } | undefined {
  try {
    return JSON.parse(text) as { message?: string }
  } catch {
    return undefined
  }
}

function call(url: URL, options: RequestOptions, body?: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'http:' ? httpRequest : httpsRequest
    const request = send(url, options, async response => {
      const { statusCode = 0 } = response
      if (statusCode >= 200 && statusCode < 300) return resolve(response)
      let text = ''
      for await (const chunk of response) text = (text + chunk).slice(0, 4000)
      reject(new ClusterError(statusCode, parseStatus(text)?.message ?? text))
    })
    request.on('error', reject)
    request.end(body)
  })
}

export type Exec = {
  stdout: Readable
  stderr: Readable
  /** How the command ended, once both streams have. */
  ended: Promise<{ isOk: boolean; message: string }>
  /** Breaks the connection off, whatever is under way. */
  close(): void
}

/** Zeros spare a pass over all bytes. Masks keep web pages from misleading old proxies: neither stands between us here. */
const noMask = (mask: Buffer) => void mask.fill(0)
const lingerMs = 3000
const channels = { stdin: 0, stdout: 1, stderr: 2, status: 3 } as const

/** Kubernetes' exec protocol: frames of a WebSocket, whose first byte names the stream. */
async function openExec(
  url: URL,
  options: ClientOptions,
  input: Readable | undefined,
  gone: AbortSignal | undefined,
): Promise<Exec> {
  const socket = new WebSocket(url, ['v5.channel.k8s.io', 'v4.channel.k8s.io'], options)
  let status: { status?: string; message?: string } = { message: 'the connection broke' }
  // Whoever is full holds up both: a frame can't be left lying for later.
  const read = () => socket.resume()
  const stdout = new Readable({ read })
  const stderr = new Readable({ read })
  // Who stops reading before the end must not keep the connection.
  for (const stream of [stdout, stderr]) stream.once('close', () => socket.terminate())
  socket.on('message', (data: Buffer) => {
    const content = data.subarray(1)
    if (data[0] === channels.status) status = JSON.parse(content.toString('utf8')) as typeof status
    const stream = data[0] === channels.stdout ? stdout : stderr
    if (data[0] !== channels.status && content.length > 0 && !stream.push(content)) socket.pause()
  })
  // What is under way may still arrive.
  const cut = () => setTimeout(() => socket.terminate(), lingerMs).unref()
  if (gone?.aborted) cut()
  else gone?.addEventListener('abort', cut, { once: true })
  const ended = new Promise<{ isOk: boolean; message: string }>(resolve => {
    socket.on('close', () => {
      gone?.removeEventListener('abort', cut)
      stdout.push(null)
      stderr.push(null)
      resolve({ isOk: status.status === 'Success', message: status.message ?? '' })
    })
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    // Later, too: an error without a listener would end this process; what it leads to is `close`.
    socket.on('error', reject)
    socket.once('unexpected-response', (_request, response) => {
      socket.terminate()
      reject(new ClusterError(response.statusCode ?? 0, `The API server refused to exec: ${response.statusMessage}`))
    })
  })
  if (input !== undefined) void send(socket, input)
  return { stdout, stderr, ended, close: () => socket.terminate() }
}

const closeStdin = Buffer.from([255, channels.stdin])

/** Waits until what was sent has left this process, so that a large file never fills its memory. */
async function send(socket: WebSocket, input: Readable): Promise<void> {
  const sent = (frame: Buffer) =>
    new Promise<void>((resolve, reject) => socket.send(frame, error => (error ? reject(error) : resolve())))
  try {
    for await (const chunk of input as AsyncIterable<Buffer>) {
      await sent(Buffer.concat([Buffer.from([channels.stdin]), chunk]))
    }
    if (socket.protocol === 'v5.channel.k8s.io') await sent(closeStdin)
  } catch {
    socket.terminate()
  }
}

/** Runs a command to its end and answers what it said; throws where it failed. `what` completes "Can't ...". */
export async function execToEnd(
  cluster: Cluster,
  ref: PodRef,
  { command, what, input }: { command: readonly string[]; what: string; input?: Readable },
): Promise<Buffer> {
  const { stdout, stderr, ended } = await cluster.exec(ref, command, input)
  const [said, errors, { isOk, message }] = await Promise.all([collect(stdout), collect(stderr), ended])
  if (!isOk) throw new Error(`Can't ${what}: ${errors.toString('utf8').trim() || message}`)
  return said
}

export async function collect(stream: Readable): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of stream as AsyncIterable<Buffer>) parts.push(part)
  return Buffer.concat(parts)
}
