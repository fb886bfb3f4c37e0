import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import type { Readable } from 'node:stream'
import { type KvStore, type OutboundFetch, TaskError, type TaskStorage } from '#language/define-plugin'
import type { CallArguments } from '#language/expressions/types'
import type { AnswerCall } from '#language/expressions/with-answers'
import { isJsonObject, type Json, toText } from '#language/json'
import { unsealCall } from '#language/sealed'
import { runJq } from './jq'
import { isPublicHoliday } from './public-holidays'
import type { TaskSecrets } from './task-secrets'

/** What the world-facing functions of expressions may use. */
export type CallWorld = {
  storage: TaskStorage
  kv: KvStore
  secrets: TaskSecrets
  fetch: OutboundFetch
  namespace: string
  errorLogs(): Promise<Json>
}

/** Positional and named arguments as one. */
export type CallReader = (position: number, name: string) => Json | undefined

/** By the function's name. */
type Answer = (arg: CallReader, world: CallWorld) => Promise<Json>

/** A file that an expression reads becomes part of a text: a larger one would not fit. */
const maxReadBytes = 10 * 1024 * 1024

const answers: Readonly<Record<string, Answer>> = {
  kv: async (arg, world) => {
    const key = toText(arg(0, 'key'))
    const found = await world.kv.get(key, optionalText(arg(1, 'namespace')))
    if (found !== null) return found.value
    if (arg(2, 'errorOnMissing') === false) return null
    throw new TaskError(
      `The key '${key}' does not exist in the namespace '${optionalText(arg(1, 'namespace')) ?? world.namespace}'`,
    )
  },
  secret: async (arg, { secrets }) =>
    secrets.get({
      key: toText(arg(0, 'key')),
      namespace: optionalText(arg(1, 'namespace')),
      subkey: optionalText(arg(2, 'subkey')),
    }),
  [unsealCall]: async (arg, { secrets }) => secrets.unseal(toText(arg(0, 'value'))),
  read: async (arg, world) => readText(world, fileUri(arg)),
  fileURI: async arg => fileUri(arg),
  fileSize: async (arg, world) => world.storage.size(fileUri(arg)),
  fileExists: async (arg, world) => world.storage.exists(fileUri(arg)),
  isFileEmpty: async (arg, world) => (await world.storage.size(fileUri(arg))) === 0,
  fileEmpty: async (arg, world) => (await world.storage.size(fileUri(arg))) === 0,
  jq: async arg => {
    const input = arg(0, 'input') ?? null
    if (input === null) return null
    return runJq(typeof input === 'string' ? parseJson(input) : input, toText(arg(1, 'expression')))
  },
  errorLogs: async (_arg, world) => world.errorLogs(),
  http: answerHttp,
  encrypt: async arg => encrypt(toText(arg(0, 'key')), toText(arg(1, 'plaintext'))),
  isPublicHoliday: async arg => isPublicHoliday(arg),
  decrypt: async arg => decrypt(toText(arg(0, 'key')), toText(arg(1, 'encrypted'))),
}

/** Answers the calls of expressions that need the world; those we don't know are a clear failure. */
export function createAnswerCall(world: CallWorld): AnswerCall {
  return async (name, args) => {
    const answer = Object.hasOwn(answers, name) ? answers[name] : undefined
    if (answer === undefined) throw new TaskError(`${name}() is not supported by this installation`)
    return answer(readerOf(args), world)
  }
}

export function readerOf({ positional, named }: CallArguments): CallReader {
  return (position, name) => (Object.hasOwn(named, name) ? named[name] : positional[position])
}

/** A path without scheme is a namespace file. */
function fileUri(arg: CallReader): string {
  const path = toText(arg(0, 'path'))
  if (/^(kestra|nsfile|file):\/\//.test(path)) return path
  return `nsfile://${optionalText(arg(1, 'namespace')) ?? ''}/${path.replace(/^\/+/, '')}`
}

async function readText({ storage }: CallWorld, uri: string): Promise<string> {
  const size = await storage.size(uri)
  if (size > maxReadBytes) throw new TaskError(`${uri} has ${size} bytes; an expression reads ${maxReadBytes} at most`)
  const chunks: Buffer[] = []
  for await (const chunk of (await storage.open(uri)) as Readable) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

async function answerHttp(arg: CallReader, { fetch }: CallWorld): Promise<Json> {
  const url = new URL(toText(arg(0, 'uri')))
  const query = arg(2, 'query')
  for (const [key, value] of isJsonObject(query) ? Object.entries(query) : []) url.searchParams.set(key, toText(value))
  const body = arg(3, 'body')
  const headers = arg(6, 'headers')
  const response = await fetch(url, {
    method: optionalText(arg(1, 'method')) ?? 'GET',
    headers: {
      ...(body === undefined || body === null
        ? {}
        : { 'content-type': optionalText(arg(4, 'contentType')) ?? 'application/json' }),
      accept: optionalText(arg(5, 'accept')) ?? '*/*',
      ...(isJsonObject(headers)
        ? Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, toText(value)]))
        : {}),
    },
    ...(body === undefined || body === null ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new TaskError(`http(): ${url.host} answered ${response.status}: ${text.slice(0, 500)}`)
  return response.headers.get('content-type')?.includes('json') ? parseJson(text) : text
}

const ivBytes = 12
const tagBytes = 16

/** AES-GCM, the IV in front, Base64: Kestra's form. */
function encrypt(key: string, text: string): string {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', keyBytes(key), iv)
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64')
}

function decrypt(key: string, encrypted: string): string {
  const bytes = Buffer.from(encrypted, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', keyBytes(key), bytes.subarray(0, ivBytes))
  decipher.setAuthTag(bytes.subarray(-tagBytes))
  try {
    return decipher.update(bytes.subarray(ivBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    throw new TaskError('decrypt(): the key does not fit the encrypted text')
  }
}

function keyBytes(key: string): Buffer {
  const bytes = Buffer.from(key, 'base64')
  return bytes.length === 32 ? bytes : createHash('sha256').update(key).digest()
}

function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    throw new TaskError(`This is no valid JSON: ${text.slice(0, 200)}`)
  }
}

function optionalText(value: Json | undefined): string | undefined {
  return value === undefined || value === null || value === '' ? undefined : toText(value)
}
