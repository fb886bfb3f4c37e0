import type { Readable } from 'node:stream'
import { type RowFormat, readRows, rowFormatOf } from '#catalog/rows/read-rows'
import { RowError } from '#catalog/rows/values'
import type { StoredFile } from '#db/storage'
import type { Scope } from '../access/tenant-scope'
import { storage } from '../storage'
import { findExecutionFile } from './execution-file'
import type { FilePreview } from './file-preview'

const maxTextBytes = 256 * 1024
const maxImageBytes = 5 * 1024 * 1024
const imageExtensions = new Set(['png', 'jpg', 'jpeg', 'gif', 'webp', 'avif'])

type PreviewFile = { id: string; path: string; maxRows: number }
type Shown = Pick<FilePreview, 'type' | 'columns' | 'content' | 'truncated'>
type Opened = { file: StoredFile; open: (bytes?: number) => Promise<Readable> }

/** The beginning of a file of an execution, as far as it can be shown: rows, text or a picture. */
export async function previewFile(scope: Scope, { id, path, maxRows }: PreviewFile): Promise<FilePreview> {
  const file = await findExecutionFile(scope, { id, path })
  const name = file.path.slice(file.path.lastIndexOf('/') + 1)
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  const open = (bytes?: number) =>
    storage().open(
      scope.tenantId,
      file.path,
      bytes === undefined ? undefined : { start: 0, end: Math.min(bytes, file.size) },
    )
  const shown = await show(
    { file, open },
    { format: rowFormatOf(name), isImage: imageExtensions.has(extension), maxRows },
  )
  return { path, name, extension, size: file.size, ...shown }
}

async function show(
  opened: Opened,
  { format, isImage, maxRows }: { format: RowFormat | null; isImage: boolean; maxRows: number },
): Promise<Shown> {
  if (isImage && opened.file.size <= maxImageBytes) return showImage(opened)
  const rows = format === null ? null : await showRows(opened, format, maxRows)
  return rows ?? showText(opened)
}

/** Null where the file is not what its name says: it is then shown as the text it is. */
async function showRows({ open }: Opened, format: RowFormat, maxRows: number): Promise<Shown | null> {
  const source = await open()
  try {
    const { columns, rows, truncated } = await readRows(format, source, { maxRows })
    return { type: 'LIST', columns, content: rows, truncated }
  } catch (error) {
    if (error instanceof RowError) return null
    throw error
  } finally {
    source.destroy()
  }
}

async function showText({ file, open }: Opened): Promise<Shown> {
  const bytes = await readAll(await open(maxTextBytes))
  const truncated = file.size > bytes.length
  const text = decodeText(bytes, truncated)
  return text === null ? { type: 'BINARY', truncated: true } : { type: 'TEXT', content: text, truncated }
}

async function showImage({ open }: Opened): Promise<Shown> {
  return { type: 'IMAGE', content: (await readAll(await open())).toString('base64'), truncated: false }
}

/** Null for bytes that are no text. A character cut in two at the end is left out. */
function decodeText(bytes: Buffer, isCut: boolean): string | null {
  if (bytes.includes(0)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isCut })
  } catch {
    return null
  }
}

async function readAll(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}
