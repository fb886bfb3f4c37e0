import type { Json, JsonObject } from '#language/json'
import { AppError } from '../errors/app-error'
import { mediaType } from '../rest/read-body'

/** They open doors to the caller, to us first of all: no flow reads them. */
const hiddenHeaders = new Set(['authorization', 'cookie', 'proxy-authorization'])

/** `trigger.*` of the execution that a call starts. */
export function callVariables(request: Request, url: URL, bytes: Buffer): JsonObject {
  const headers: JsonObject = {}
  for (const [name, value] of request.headers) if (!hiddenHeaders.has(name)) headers[name] = [value]
  const parameters: JsonObject = {}
  for (const name of new Set(url.searchParams.keys())) {
    parameters[storable(name)] = url.searchParams.getAll(name).map(storable)
  }
  return { body: readBody(mediaType(request), bytes), headers, parameters }
}

/** As in Kestra: an object or a list is read whatever the content type says, and what is no JSON stays text. */
function readBody(type: string, bytes: Buffer): Json {
  const text = bytes.toString('utf8')
  if (!/^\s*[[{]/.test(text) && !/^application\/(?:[\w.+-]+\+)?json$/.test(type)) return storable(text)
  const value = parse(text)
  if (value === undefined) return storable(text)
  if (isDeeper(value, deepest)) throw new AppError('BAD_REQUEST', `The body nests deeper than ${deepest} levels`)
  return value
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

/** What goes through values goes down with them: deeper ones would end it. */
const deepest = 200

function isDeeper(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some(child => isDeeper(child as Json, levels - 1))
}

/** What Postgres can't store in a text is shown as what can't be read. */
function storable(text: string): string {
  return text.replaceAll('\0', '\ufffd')
}
