/** Server-sent events, parsed from pieces of text as they arrive. */
export type StreamEvent = { event: string; id?: string; data: string }

/** @example const parse = createSseParser(); parse('data: 1\n') -> []; parse('\n') -> [{ event: 'message', data: '1' }] */
export function createSseParser(): (piece: string) => StreamEvent[] {
  let rest = ''
  return piece => {
    const blocks = (rest + piece).replaceAll('\r\n', '\n').split('\n\n')
    rest = blocks.pop() ?? ''
    return blocks.flatMap(parseBlock)
  }
}

function parseBlock(block: string): StreamEvent[] {
  const data: string[] = []
  let event = 'message'
  let id: string | undefined
  for (const line of block.split('\n')) {
    // A line that begins with a colon is a comment: the server's heartbeat.
    const [, field, value] = /^([^:]+): ?(.*)$/.exec(line) ?? []
    if (field === 'data') data.push(value ?? '')
    if (field === 'event') event = value ?? event
    if (field === 'id') id = value
  }
  return data.length > 0 ? [{ event, data: data.join('\n'), ...(id === undefined ? {} : { id }) }] : []
}
