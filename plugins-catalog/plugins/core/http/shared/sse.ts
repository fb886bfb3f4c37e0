import { TaskError } from '#language/define-plugin'

/** One event of a `text/event-stream`. */
export type SseEvent = { data: string; id?: string; name?: string; comment?: string; retry?: number }

const maxEventChars = 8 * 1024 * 1024

/** The events of a stream, as the HTML standard has them, and comments, which Kestra shows as events of their own. */
export async function* readEvents(source: AsyncIterable<Uint8Array>): AsyncGenerator<SseEvent> {
  let fields: [name: string, value: string][] = []
  for await (const line of readLines(source)) {
    if (line !== '') {
      fields.push(readField(line))
      continue
    }
    const event = toEvent(fields)
    fields = []
    if (event) yield event
  }
  const last = toEvent(fields)
  if (last) yield last
}

async function* readLines(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of source) {
    rest += decoder.decode(chunk, { stream: true })
    // A CR at the end may be half of a CRLF.
    const ready = rest.endsWith('\r') ? rest.length - 1 : rest.length
    const lines = rest.slice(0, ready).split(/\r\n|\r|\n/)
    rest = (lines.pop() ?? '') + rest.slice(ready)
    if (rest.length > maxEventChars) throw new TaskError(`An event is larger than ${maxEventChars} characters`)
    yield* lines
  }
  yield* (rest + decoder.decode()).split(/\r\n|\r|\n/)
}

function readField(line: string): [string, string] {
  const colon = line.indexOf(':')
  if (colon === 0) return ['comment', line.slice(1).trim()]
  if (colon === -1) return [line, '']
  return [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')]
}

function toEvent(fields: [string, string][]): SseEvent | null {
  if (fields.length === 0) return null
  const valuesOf = (name: string) => fields.filter(([field]) => field === name).map(([, value]) => value)
  const [id, name, retry] = [valuesOf('id').at(-1), valuesOf('event').at(-1), valuesOf('retry').at(-1)]
  const comments = valuesOf('comment')
  return {
    data: valuesOf('data').join('\n'),
    ...(id !== undefined && { id }),
    ...(name !== undefined && { name }),
    ...(comments.length > 0 && { comment: comments.join('\n') }),
    ...(retry !== undefined && /^\d+$/.test(retry) && { retry: Number(retry) }),
  }
}
