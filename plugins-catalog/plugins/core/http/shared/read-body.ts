import { TaskError } from '#language/define-plugin'
import type { Json } from '#language/json'

/** The body of an answer as text; more than `maxBytes` is refused, for it becomes an output. */
export async function readText(response: Response, options: { maxBytes: number; charset: string }): Promise<string> {
  const { maxBytes, charset } = options
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > maxBytes) {
      throw new TaskError(`The answer is larger than ${maxBytes} bytes; http.Download stores answers of any size`)
    }
    chunks.push(chunk)
  }
  return createDecoder(charsetOf(response) ?? charset).decode(Buffer.concat(chunks))
}

/** JSON where the server says so and it is; else text. */
export function parseBody(text: string, contentType: string | null): Json {
  if (!/[/+]json\b/i.test(contentType ?? '')) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function charsetOf(response: Response): string | undefined {
  return /charset\s*=\s*"?([^\s;"]+)/i.exec(response.headers.get('content-type') ?? '')?.[1]
}

/** A server may name a charset that nobody knows: then the bytes are read as UTF-8. */
function createDecoder(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset)
  } catch {
    return new TextDecoder()
  }
}
