import type { Readable } from 'node:stream'
import { createLineSplitter } from '../lines'
import type { RunnerEvents } from '../runner'

type StreamName = 'stdout' | 'stderr'

const headerBytes = 8
const space = 0x20
const newline = Buffer.from('\n')
const streamNames: Record<number, StreamName> = { 1: 'stdout', 2: 'stderr' }
const overlapSeconds = 2

export type LogReader = {
  /** Follows the log while the container runs. */
  follow(stream: Readable): Promise<void>
  /** From when to read the log again, in seconds since 1970. */
  restSince(): number
  /** Reads the log once more, after the end: following may miss the last entries. Those known already are skipped. */
  rest(stream: Readable): Promise<void>
}

/**
 * Reads the daemon's log of a container. Each frame is one entry with its time in front; Docker cuts a line above
 * 16 KiB into several entries, of which only the last ends with a newline.
 */
export function createLogReader(events: RunnerEvents): LogReader {
  const outputs = { stdout: createOutput('stdout', events), stderr: createOutput('stderr', events) }
  let latest = ''
  return {
    async follow(stream) {
      for await (const { name, stamp, content } of readEntries(stream)) {
        if (stamp > latest) latest = stamp
        outputs[name].add(stamp, content)
        await events.caughtUp?.()
      }
    },
    restSince: () => (latest === '' ? 0 : Math.floor(Date.parse(latest) / 1000) - overlapSeconds),
    async rest(stream) {
      for await (const { name, stamp, content } of readEntries(stream)) outputs[name].addUnknown(stamp, content)
      outputs.stdout.end()
      outputs.stderr.end()
    },
  }
}

type Entry = { name: StreamName; stamp: string; content: Buffer }

async function* readEntries(stream: Readable): AsyncGenerator<Entry> {
  let pending: Buffer = Buffer.alloc(0)
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
    let start = 0
    while (pending.length - start >= headerBytes) {
      const end = start + headerBytes + pending.readUInt32BE(start + 4)
      if (end > pending.length) break
      const name = streamNames[pending[start] ?? 0]
      const entry = pending.subarray(start + headerBytes, end)
      const split = entry.indexOf(space)
      if (name !== undefined)
        yield { name, stamp: entry.toString('latin1', 0, split), content: entry.subarray(split + 1) }
      start = end
    }
    pending = pending.subarray(start)
  }
}

/** The entries of one stream come in the order of their times; pieces of one line have the same. */
function createOutput(name: StreamName, events: RunnerEvents) {
  let lineStamp = ''
  let isInside = false
  let last = { stamp: '', count: 0 }
  let again = 0
  const splitter = createLineSplitter(line => events.line(name, line, new Date(lineStamp)))

  function write(stamp: string, content: Buffer): void {
    if (!isInside) lineStamp = stamp
    isInside = !content.subarray(-1).equals(newline)
    splitter.write(content)
  }

  return {
    add(stamp: string, content: Buffer) {
      last = stamp === last.stamp ? { stamp, count: last.count + 1 } : { stamp, count: 1 }
      write(stamp, content)
    },
    addUnknown(stamp: string, content: Buffer) {
      if (stamp < last.stamp) return
      if (stamp === last.stamp && again++ < last.count) return
      write(stamp, content)
    },
    end: splitter.end,
  }
}
