import { type Run, type RunContext, TaskError } from '#language/define-plugin'
import type { Json, JsonObject } from '#language/json'
import { sendRequest } from '../shared/send-request'
import { readSettings } from '../shared/settings'
import { readEvents, type SseEvent } from '../shared/sse'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, properties) => {
  const { concatJqExpression: program, failedOnMissingJq } = properties
  const { maxBodyBytes } = readSettings(properties)
  const headers = { accept: 'text/event-stream', ...properties.headers }
  const response = await sendRequest(ctx, { ...properties, headers })
  const events: JsonObject[] = []
  let chars = 0
  let result = ''
  for await (const event of readEvents(response.body ?? noBytes())) {
    chars += event.data.length
    if (chars > maxBodyBytes) {
      throw new TaskError(`The events are larger than ${maxBodyBytes} bytes; options.maxContentLength raises that`)
    }
    const output = toOutput(event)
    if (program !== undefined && event.data !== '') result += await find(ctx, output, { program, failedOnMissingJq })
    events.push(output)
  }
  return { uri: response.url || properties.uri, events, size: events.length, ...(program !== undefined && { result }) }
}

export default run

function toOutput(event: SseEvent): JsonObject {
  return { ...event, data: parseData(event.data) }
}

/** Nearly all streams send JSON; a marker such as `[DONE]` stays text. */
function parseData(data: string): Json {
  try {
    return JSON.parse(data)
  } catch {
    return data
  }
}

type Search = { program: string; failedOnMissingJq: boolean }

/** jq is a filter of the expressions, so that this task needs none of its own. */
async function find(ctx: RunContext, event: JsonObject, { program, failedOnMissingJq }: Search): Promise<string> {
  const found = await ctx.render('{{ data | jq(program) | toJson }}', { data: event.data ?? null, program }).then(
    text => (JSON.parse(String(text)) as Json[])[0] ?? null,
    (error: Error) => error,
  )
  if (found !== null && !(found instanceof Error)) return typeof found === 'string' ? found : JSON.stringify(found)
  if (!failedOnMissingJq) return ''
  const why = found instanceof Error ? found.message : 'it finds nothing'
  throw new TaskError(`concatJqExpression ${program} on ${JSON.stringify(event.data).slice(0, 200)}: ${why}`)
}

async function* noBytes(): AsyncGenerator<Uint8Array> {}
