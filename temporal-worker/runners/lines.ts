/** A longer line is cut, so that no output can fill the worker's memory or the log. */
export const maxLineBytes = 1024 * 1024

const newline = 0x0a

export type LineSplitter = {
  write(chunk: Buffer): void
  /** Emits what stands after the last newline. */
  end(): void
}

/**
 * Cuts a stream of bytes into lines of text. Invalid UTF-8 and NUL (which Postgres can't store) become U+FFFD,
 * a line above `limit` bytes keeps its beginning and says how much was cut.
 */
export function createLineSplitter(onLine: (line: string) => void, limit = maxLineBytes): LineSplitter {
  let kept: Buffer[] = []
  let keptBytes = 0
  let lineBytes = 0

  function keep(part: Buffer): void {
    lineBytes += part.length
    const room = limit - keptBytes
    if (room <= 0) return
    kept.push(part.length > room ? part.subarray(0, room) : part)
    keptBytes += Math.min(part.length, room)
  }

  function emit(): void {
    const [only] = kept
    const text = cleanText(kept.length === 1 && only !== undefined ? only : Buffer.concat(kept))
    const cut = lineBytes > keptBytes ? ` ... [line cut: ${lineBytes} bytes, the first ${keptBytes} kept]` : ''
    kept = []
    keptBytes = 0
    lineBytes = 0
    onLine(text + cut)
  }

  return {
    write(chunk) {
      let start = 0
      for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
        keep(chunk.subarray(start, end))
        emit()
        start = end + 1
      }
      if (start < chunk.length) keep(chunk.subarray(start))
    },
    end() {
      if (lineBytes > 0) emit()
    },
  }
}

function cleanText(bytes: Buffer): string {
  const decoded = bytes.toString('utf8')
  const text = decoded.includes('\0') ? decoded.replaceAll('\0', '\uFFFD') : decoded
  return text.endsWith('\r') ? text.slice(0, -1) : text
}
