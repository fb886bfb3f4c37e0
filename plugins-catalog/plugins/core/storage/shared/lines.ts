import { TaskError } from '#language/define-plugin'

const maxLineChars = 32 * 1024 * 1024

/** The lines of a text stream, without their ends; a last line needs none. */
export async function* readLines(source: AsyncIterable<Uint8Array>, charset = 'utf-8'): AsyncGenerator<string> {
  const decoder = createDecoder(charset)
  let rest = ''
  for await (const chunk of source) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > maxLineChars) throw new TaskError(`A line is longer than ${maxLineChars} characters`)
    for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line
  }
  rest += decoder.decode()
  if (rest !== '') yield rest
}

export function createDecoder(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset)
  } catch (error) {
    throw new TaskError(`charset: ${charset} is not known`, { cause: error })
  }
}
