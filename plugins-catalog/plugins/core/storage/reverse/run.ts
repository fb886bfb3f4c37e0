import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { privateFilePrefix, type Run, TaskError } from '#language/define-plugin'
import type plugin from './plugin'

const blockBytes = 256 * 1024

/** Through a file of the working directory, which can be read from its end; in blocks, so that size does not matter. */
const run: Run<typeof plugin> = async (ctx, { from, separator, charset }) => {
  const path = join(await ctx.workingDir(), `${privateFilePrefix}reverse-${randomUUID()}`)
  await pipeline(await ctx.storage.open(from), createWriteStream(path), { signal: ctx.signal })
  const file = await open(path, 'r')
  try {
    const lines = readBackwards(file, encode(separator, charset))
    return { uri: await ctx.storage.put(`reversed${extname(from)}`, Readable.from(lines)) }
  } finally {
    await file.close()
    await rm(path)
  }
}

export default run

async function* readBackwards(file: FileHandle, separator: Buffer): AsyncGenerator<Buffer> {
  let position = (await file.stat()).size
  let rest = Buffer.alloc(0)
  let isLast = true
  while (position > 0) {
    const size = Math.min(blockBytes, position)
    position -= size
    const block = Buffer.alloc(size)
    await file.read(block, 0, size, position)
    rest = Buffer.concat([block, rest])
    for (let found = rest.lastIndexOf(separator); found !== -1; found = rest.lastIndexOf(separator)) {
      const line = rest.subarray(found + separator.length)
      // The end of the last line is no line of its own.
      if (!isLast || line.length > 0) yield Buffer.concat([line, separator])
      isLast = false
      rest = rest.subarray(0, found)
    }
  }
  if (rest.length > 0 || !isLast) yield Buffer.concat([rest, separator])
}

const encodings: Record<string, BufferEncoding> = {
  'UTF-8': 'utf8',
  UTF8: 'utf8',
  'US-ASCII': 'latin1',
  'ISO-8859-1': 'latin1',
  'UTF-16LE': 'utf16le',
}

function encode(separator: string, charset: string): Buffer {
  const encoding = encodings[charset.toUpperCase()]
  if (!encoding) throw new TaskError(`charset: ${charset} is not known; known are ${Object.keys(encodings).join(', ')}`)
  if (separator === '') throw new TaskError('separator must not be empty')
  return Buffer.from(separator, encoding)
}
