import { AppError } from '../errors/app-error'

/** Of a text that is read whole: flows, JSON. Files are streamed and have their own limit. */
export const maxBodyBytes = 10 * 1024 * 1024

const yamlTypes = new Set(['application/x-yaml', 'application/yaml', 'text/yaml', 'text/x-yaml', 'text/plain'])

/**
 * A request's body as an input: JSON as it is, YAML as `{ source }` where a source is wanted, a JSON list as the property
 * `listBody` where there is one. Refuses what is too big before it is all read.
 */
export async function readBody(
  request: Request,
  { takesSource, listBody }: { takesSource: boolean; listBody?: string },
): Promise<Record<string, unknown>> {
  const text = await readText(request, maxBodyBytes)
  const type = mediaType(request)
  if (takesSource && yamlTypes.has(type)) return { source: text }
  if (text === '') return {}
  if (type === 'application/json') return parseJsonObject(text, listBody)
  throw new AppError(
    'UNSUPPORTED_MEDIA_TYPE',
    `The content type ${type || '(none)'} is not understood here; send application/json${takesSource ? ' or application/x-yaml' : ''}`,
  )
}

export function mediaType(request: Request): string {
  return request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
}

async function readText(request: Request, limit: number): Promise<string> {
  return (await readBytes(request, limit)).toString('utf8')
}

/** The body; 413 as soon as it is longer than `limit` bytes. */
export async function readBytes(request: Request, limit: number): Promise<Buffer> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge(limit)
  if (request.body === null) return Buffer.alloc(0)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body) {
    size += chunk.byteLength
    if (size > limit) throw tooLarge(limit)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function tooLarge(limit: number): AppError {
  return new AppError('TOO_LARGE', `The body is larger than the limit of ${limit / 1024 / 1024} MiB`)
}

function parseJsonObject(text: string, listBody?: string): Record<string, unknown> {
  const value = parseJson(text)
  if (listBody !== undefined && Array.isArray(value)) return { [listBody]: value }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw new AppError('BAD_REQUEST', 'The body must be a JSON object')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new AppError('BAD_REQUEST', `The body is no JSON: ${error instanceof Error ? error.message : 'unreadable'}`)
  }
}
