import { promisify } from 'node:util'
import { crc32, inflateRaw } from 'node:zlib'
import { AppError } from '../errors/app-error'

const inflate = promisify(inflateRaw)

const endMark = 0x06054b50
const centralMark = 0x02014b50
const localMark = 0x04034b50
const endLength = 22
const mostComment = 0xffff

export type ZipLimits = { files: number; fileBytes: number; allBytes: number }
export type ZippedFile = { path: string; read(): Promise<Buffer> }

type Header = { path: string; flags: number; method: number; crc: number; packed: number; size: number; offset: number }

/**
 * The files of a zip; folders and what macOS adds are left out. What an archive says of sizes is checked while it is
 * unpacked: one that unpacks to more is refused. Throws INVALID for what is no zip, or one of a kind that isn't read.
 */
export function readZip(archive: Buffer, limits: ZipLimits): ZippedFile[] {
  const files = headersOf(archive).filter(({ path }) => !path.endsWith('/') && !path.startsWith('__MACOSX/'))
  if (files.length > limits.files) throw refused(`it has more than ${limits.files.toLocaleString('en')} files`)
  const all = files.reduce((sum, { size }) => sum + size, 0)
  if (all > limits.allBytes) throw refused(`it unpacks to more than ${mebibytes(limits.allBytes)}`)
  return files.map(header => {
    if (header.flags & 1) throw refused(`${header.path} is encrypted`)
    if (header.method !== 0 && header.method !== 8) throw refused(`${header.path} is packed in a way that is not read`)
    if (header.size > limits.fileBytes) throw refused(`${header.path} is larger than ${mebibytes(limits.fileBytes)}`)
    return { path: header.path, read: () => unpack(archive, header) }
  })
}

function headersOf(archive: Buffer): Header[] {
  const end = findEnd(archive)
  const count = archive.readUInt16LE(end + 10)
  const headers: Header[] = []
  let at = archive.readUInt32LE(end + 16)
  if (at === 0xffffffff || count === 0xffff) throw refused('it is of the 64-bit kind')
  for (let index = 0; index < count; index++) {
    if (at + 46 > archive.length || archive.readUInt32LE(at) !== centralMark) throw broken()
    const [name, extra, comment] = [28, 30, 32].map(place => archive.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ]
    const header = {
      path: archive.toString('utf8', at + 46, at + 46 + name).replaceAll('\\', '/'),
      flags: archive.readUInt16LE(at + 8),
      method: archive.readUInt16LE(at + 10),
      crc: archive.readUInt32LE(at + 16),
      packed: archive.readUInt32LE(at + 20),
      size: archive.readUInt32LE(at + 24),
      offset: archive.readUInt32LE(at + 42),
    }
    if ([header.packed, header.size, header.offset].includes(0xffffffff)) throw refused('it is of the 64-bit kind')
    headers.push(header)
    at += 46 + name + extra + comment
  }
  return headers
}

/** It stands last, before a comment. */
function findEnd(archive: Buffer): number {
  const first = Math.max(0, archive.length - endLength - mostComment)
  for (let at = archive.length - endLength; at >= first; at--) if (archive.readUInt32LE(at) === endMark) return at
  throw refused('it is no zip')
}

async function unpack(archive: Buffer, { path, offset, packed, size, method, crc }: Header): Promise<Buffer> {
  if (offset + 30 > archive.length || archive.readUInt32LE(offset) !== localMark) throw broken()
  const start = offset + 30 + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28)
  const bytes = archive.subarray(start, start + packed)
  if (bytes.length !== packed) throw broken()
  const content = method === 0 ? bytes : await inflate(bytes, { maxOutputLength: Math.max(1, size) }).catch(() => null)
  if (content === null || content.length !== size || crc32(content) !== crc) throw refused(`${path} is damaged`)
  return content
}

function mebibytes(bytes: number): string {
  return `${(bytes / 1024 ** 2).toLocaleString('en')} MiB`
}

function broken(): AppError {
  return refused('it is damaged')
}

function refused(why: string): AppError {
  return new AppError('INVALID', `This archive can't be unpacked: ${why}`)
}
