import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { crc32, deflateRaw } from 'node:zlib'

const deflate = promisify(deflateRaw)

export type ZipEntry = { path: string; modifiedAt: Date; open(): Promise<Readable> }

/** Names are UTF-8. */
const flags = 0x0800
const deflated = 8
/** What the fields of a plain zip hold; more would need its 64-bit kin. */
const mostEntries = 0xffff
const mostBytes = 0xffffffff

/**
 * A zip as it is written, file by file; each is held in memory while it is packed.
 * Throws where it would not fit into a zip of the plain kind (4 GiB, 65,535 files).
 */
export async function* writeZip(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Buffer> {
  const directory: Buffer[] = []
  let offset = 0
  for await (const { path, modifiedAt, open } of entries) {
    const content = await buffer(await open())
    const packed = await deflate(content)
    const name = Buffer.from(path)
    const shared = sharedFields({ content, packed, name, modifiedAt })
    if (directory.length === mostEntries || offset + packed.length > mostBytes - name.length - 30) {
      throw new Error('More files than a zip holds')
    }
    directory.push(Buffer.concat([centralStart, shared, centralEnd(offset), name]))
    for (const part of [Buffer.concat([localStart, shared, name]), packed]) {
      offset += part.length
      yield part
    }
  }
  const central = Buffer.concat(directory)
  yield central
  yield endOf({ count: directory.length, size: central.length, offset })
}

const localStart = Buffer.from([0x50, 0x4b, 0x03, 0x04])
/** Made by: Unix, version 2.0. */
const centralStart = Buffer.from([0x50, 0x4b, 0x01, 0x02, 0x14, 0x03])

type Packed = { content: Buffer; packed: Buffer; name: Buffer; modifiedAt: Date }

/** The 26 bytes that stand before a file and in the directory alike. */
function sharedFields({ content, packed, name, modifiedAt }: Packed): Buffer {
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(20, 0)
  fields.writeUInt16LE(flags, 2)
  fields.writeUInt16LE(deflated, 4)
  fields.writeUInt32LE(dosTime(modifiedAt), 6)
  fields.writeUInt32LE(crc32(content), 10)
  fields.writeUInt32LE(packed.length, 14)
  fields.writeUInt32LE(content.length, 18)
  fields.writeUInt16LE(name.length, 22)
  return fields
}

/** No comment; a plain file that its owner may change and all may read. */
function centralEnd(offset: number): Buffer {
  const fields = Buffer.alloc(14)
  fields.writeUInt32LE(0o100644 * 0x10000, 6)
  fields.writeUInt32LE(offset, 10)
  return fields
}

function endOf({ count, size, offset }: { count: number; size: number; offset: number }): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return end
}

/** Date and time as DOS kept them, in UTC: two seconds are its least. */
function dosTime(date: Date): number {
  const year = Math.max(0, date.getUTCFullYear() - 1980)
  const day = (year << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate()
  const time = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1)
  return day * 0x10000 + time
}
