import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import type { RunContext } from '#language/define-plugin'
import { TaskError } from '#language/define-plugin'
import { isJsonObject, type Json } from '#language/json'
import type { HttpRequest } from './properties'

export type HttpBody = { content: string | AsyncIterable<Uint8Array> | undefined; contentType: string | undefined }

/** The body of a request: text, JSON, a form, or a multipart form whose files are streamed from the storage. */
export function createBody(ctx: Pick<RunContext, 'storage'>, request: HttpRequest): HttpBody {
  const { formData, body, contentType } = request
  if (formData !== undefined) {
    const isMultipart = contentType?.startsWith('multipart/') || Object.values(formData).some(isFilePart)
    return isMultipart ? createMultipart(ctx, formData) : createUrlEncoded(formData)
  }
  if (body === undefined || body === null) return { content: undefined, contentType }
  return {
    content: typeof body === 'string' ? body : JSON.stringify(body),
    contentType: contentType ?? 'application/json',
  }
}

function createUrlEncoded(fields: Record<string, Json>): HttpBody {
  const encoded = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) {
    for (const item of Array.isArray(value) ? value : [value]) encoded.append(name, toFieldText(item))
  }
  return { content: encoded.toString(), contentType: 'application/x-www-form-urlencoded' }
}

function createMultipart(ctx: Pick<RunContext, 'storage'>, fields: Record<string, Json>): HttpBody {
  const boundary = `millrace-${randomUUID()}`
  return { content: writeMultipart(ctx, fields, boundary), contentType: `multipart/form-data; boundary=${boundary}` }
}

async function* writeMultipart(
  ctx: Pick<RunContext, 'storage'>,
  fields: Record<string, Json>,
  boundary: string,
): AsyncGenerator<Uint8Array> {
  for (const [name, value] of Object.entries(fields)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      const file = toFile(item)
      const fileName = file ? `; filename="${escapeName(file.name)}"` : ''
      const type = file ? '\r\nContent-Type: application/octet-stream' : ''
      yield Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="${escapeName(name)}"${fileName}${type}\r\n\r\n`,
      )
      if (file) yield* await ctx.storage.open(file.uri)
      else yield Buffer.from(toFieldText(item))
      yield Buffer.from('\r\n')
    }
  }
  yield Buffer.from(`--${boundary}--\r\n`)
}

/** `{ name: 'a.csv', content: 'kestra:///...' }` */
function isFilePart(value: Json): boolean {
  return isJsonObject(value) && typeof value.content === 'string' && typeof value.name === 'string'
}

function toFile(value: Json): { name: string; uri: string } | null {
  if (typeof value === 'string') return isStored(value) ? { name: basename(value), uri: value } : null
  if (!isJsonObject(value) || !isFilePart(value)) return null
  const { name, content } = value
  if (!isStored(content)) throw new TaskError(`formData: the content of the file ${name} must be a kestra:/// URI`)
  return { name: String(name), uri: content }
}

function isStored(value: Json | undefined): value is string {
  return typeof value === 'string' && /^(?:kestra|nsfile):\/\//.test(value)
}

function toFieldText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** As browsers do it. */
function escapeName(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}
