import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { TaskError } from '#language/define-plugin'

/** So many files are open at once at most; more parts than `maxParts` are a mistake in the pattern. */
const maxOpen = 100
const maxParts = 10_000
const bufferChars = 64 * 1024

type Part = { path: string; buffer: string; handle: FileHandle | null }

export type PartWriter = {
  write(part: string, text: string): Promise<void>
  close(): Promise<void>
  /** The parts in the order of their first lines, each opened when it is asked for. */
  files(): (() => Readable)[]
}

/** Writes lines to files of a folder, one for each part. */
export function createPartWriter(folder: string): PartWriter {
  const parts = new Map<string, Part>()
  const opened: Part[] = []

  async function flush(part: Part): Promise<void> {
    if (part.handle === null) {
      if (opened.length >= maxOpen) await closeOldest()
      part.handle = await open(part.path, 'a')
      opened.push(part)
    }
    await part.handle.appendFile(part.buffer)
    part.buffer = ''
  }

  async function closeOldest(): Promise<void> {
    const oldest = opened.shift()
    await oldest?.handle?.close()
    if (oldest) oldest.handle = null
  }

  return {
    async write(name, text) {
      let part = parts.get(name)
      if (part === undefined) {
        if (parts.size >= maxParts) throw new TaskError(`The file splits into more than ${maxParts} parts`)
        part = { path: join(folder, `part-${parts.size + 1}`), buffer: '', handle: null }
        parts.set(name, part)
      }
      part.buffer += text
      if (part.buffer.length > bufferChars) await flush(part)
    },
    async close() {
      for (const part of parts.values()) if (part.buffer !== '') await flush(part)
      while (opened.length > 0) await closeOldest()
    },
    files: () => [...parts.values()].map(part => () => createReadStream(part.path)),
  }
}
