import type { Readable } from 'node:stream'

/** What any server sends and takes in one answer. */
export const pieceBytes = 32 * 1024
/** Requests under way at once: a server far away answers many in the time of one. Bounds the memory to a megabyte. */
const mostUnderWay = 32

/**
 * A file from its start to its end, some pieces ahead of whoever reads. `read` gives a whole piece, a shorter one only at
 * the end. It begins with one request, for most files are small.
 */
export async function* readAhead(read: (position: number) => Promise<Buffer>): AsyncGenerator<Buffer> {
  const pending: Promise<Buffer>[] = []
  let position = 0
  let wanted = 1
  try {
    for (;;) {
      for (; pending.length < wanted; position += pieceBytes) pending.push(quiet(read(position)))
      const piece = (await pending.shift()) as Buffer
      if (piece.length > 0) yield piece
      if (piece.length < pieceBytes) return
      wanted = Math.min(wanted * 2, mostUnderWay)
    }
  } finally {
    await Promise.allSettled(pending)
  }
}

/** Writes a stream from position 0 on, some pieces at once. */
export async function writeBehind(
  content: Readable,
  write: (piece: Buffer, position: number) => Promise<void>,
): Promise<void> {
  const pending: Promise<void>[] = []
  let position = 0
  try {
    for await (const chunk of content) {
      const bytes = Buffer.from(chunk)
      for (let start = 0; start < bytes.length; start += pieceBytes) {
        if (pending.length === mostUnderWay) await pending.shift()
        const piece = bytes.subarray(start, start + pieceBytes)
        pending.push(quiet(write(piece, position)))
        position += piece.length
      }
    }
    await Promise.all(pending)
  } finally {
    await Promise.allSettled(pending)
  }
}

/** Whoever waits for it is told of a failure; one that nobody comes to wait for would end the process. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  return promise
}
