import { Readable } from 'node:stream'
import { type RunContext, TaskError } from '#language/define-plugin'
import { RowError, type RowValue } from '../../../rows/values'

type Count = (rows: AsyncIterable<RowValue>) => AsyncIterable<RowValue>
type Convert = (source: AsyncIterable<Uint8Array>, count: Count) => AsyncIterable<string | Uint8Array>

/** Small pieces are joined before they are stored: a line is too little for a write. */
const pieceChars = 64 * 1024

/** Converts a stored file into another as a stream; the rows that pass through `count` are its size. */
export async function convertFile(
  ctx: RunContext,
  file: { from: string; extension: string },
  convert: Convert,
): Promise<{ uri: string; size: number }> {
  let size = 0
  async function* count(rows: AsyncIterable<RowValue>): AsyncGenerator<RowValue> {
    for await (const row of rows) {
      size++
      ctx.signal.throwIfAborted()
      yield row
    }
  }
  const source = await ctx.storage.open(file.from)
  try {
    const content = Readable.from(join(convert(source, count)), { objectMode: true, highWaterMark: 2 })
    const uri = await ctx.storage.put(`rows${file.extension}`, content)
    ctx.metric({ name: 'records', type: 'counter', value: size })
    return { uri, size }
  } catch (error) {
    if (error instanceof RowError) throw new TaskError(`${file.from}: ${error.message}`, { cause: error })
    throw error
  } finally {
    source.destroy()
  }
}

async function* join(pieces: AsyncIterable<string | Uint8Array>): AsyncGenerator<string | Uint8Array> {
  let text = ''
  for await (const piece of pieces) {
    if (typeof piece !== 'string') {
      yield piece
      continue
    }
    text += piece
    if (text.length < pieceChars) continue
    yield text
    text = ''
  }
  if (text !== '') yield text
}
