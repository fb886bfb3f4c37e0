import { Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { Busboy, type BusboyHeaders } from '@fastify/busboy'
import { AppError } from '../errors/app-error'

const gibibyte = 1024 ** 3
const limits = { fields: 500, files: 100, parts: 600, fieldSize: 10 * 1024 * 1024, fileSize: 10 * gibibyte }

export type FormFile = { name: string; fileName: string; content: Readable }

/**
 * A multipart body: texts by name, and for each file what `store` answers for it. Files are streamed; the next part is
 * only read when the one before is stored. A name given twice keeps the last.
 */
export async function readForm(
  request: Request,
  store: (file: FormFile) => Promise<string | undefined>,
): Promise<Record<string, string>> {
  if (request.body === null) throw new AppError('BAD_REQUEST', 'The form is empty')
  const parser = createParser(request)
  const values: Record<string, string> = Object.create(null)
  const stored: Promise<void>[] = []
  const done = new Promise<void>((resolve, reject) => {
    parser.on('field', (name, value, _nameTruncated, isTruncated) => {
      if (isTruncated) reject(tooLarge(name, limits.fieldSize))
      else values[name] = value
    })
    parser.on('file', (name, content, fileName) => {
      const file = storeFile({ name, fileName: fileName ?? name, content }, store).then(value => {
        if (value !== undefined) values[name] = value
      })
      file.catch(reject)
      stored.push(file)
    })
    for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) {
      parser.on(limit, () => reject(new AppError('TOO_LARGE', 'The form has too many parts')))
    }
    parser.on('error', error => reject(new AppError('BAD_REQUEST', `The form can't be read: ${messageOf(error)}`)))
    parser.on('finish', resolve)
  })
  const body = Readable.fromWeb(request.body as NodeReadableStream<Uint8Array>)
  body.on('error', error => parser.destroy(error))
  body.pipe(parser)
  try {
    await done
    await Promise.all(stored)
    return values
  } finally {
    body.destroy()
  }
}

async function storeFile(
  file: FormFile & { content: Readable & { truncated?: boolean } },
  store: (file: FormFile) => Promise<string | undefined>,
): Promise<string | undefined> {
  // A broken upload fails the storing, which tells; nobody else has to hear of it.
  file.content.on('error', () => {})
  const value = await store(file)
  if (value === undefined) file.content.resume()
  if (file.content.truncated) throw tooLarge(file.name, limits.fileSize)
  return value
}

function createParser(request: Request) {
  const headers = Object.fromEntries(request.headers) as BusboyHeaders
  try {
    return new Busboy({ headers, limits })
  } catch (error) {
    throw new AppError('BAD_REQUEST', `The form can't be read: ${messageOf(error)}`)
  }
}

function tooLarge(name: string, limit: number): AppError {
  return new AppError('TOO_LARGE', `${name} is larger than the limit of ${limit / 1024 / 1024} MiB`)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'it is malformed'
}
