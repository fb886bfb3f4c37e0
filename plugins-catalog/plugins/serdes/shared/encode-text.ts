import { TaskError } from '#language/define-plugin'

const encodings: Record<string, BufferEncoding> = {
  'UTF-8': 'utf8',
  UTF8: 'utf8',
  'US-ASCII': 'latin1',
  'ISO-8859-1': 'latin1',
  'UTF-16LE': 'utf16le',
}

/** Text in a charset; pieces of UTF-8 stay text until they are stored. */
export async function* encodeText(pieces: AsyncIterable<string>, charset: string): AsyncGenerator<string | Uint8Array> {
  const encoding = encodings[charset.toUpperCase()]
  if (!encoding) {
    throw new TaskError(`charset: can't write ${charset}; known are ${Object.keys(encodings).join(', ')}`)
  }
  for await (const piece of pieces) yield encoding === 'utf8' ? piece : Buffer.from(piece, encoding)
}

/** Text of a charset. */
export async function* decodeText(source: AsyncIterable<Uint8Array>, charset: string): AsyncGenerator<string> {
  const decoder = createDecoder(charset)
  for await (const chunk of source) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

function createDecoder(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset)
  } catch (error) {
    throw new TaskError(`charset: ${charset} is not known`, { cause: error })
  }
}
