import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { type OutboundResponse, type Run, TaskError } from '#language/define-plugin'
import { cleanName, fileNameOf } from '../shared/file-name'
import { headersOutput, sendRequest } from '../shared/send-request'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, properties) => {
  const response = await sendRequest(ctx, properties, { asNodeStream: true })
  const source = response.url || properties.uri
  const name = cleanName(properties.saveAs ?? '') || fileNameOf(response.headers.get('content-disposition'), source)
  const uri = await ctx.storage.put(name, toReadable(response)).catch(error => {
    ctx.signal.throwIfAborted()
    throw new TaskError(`The download of ${source.split('?')[0]} broke off: ${reasonOf(error)}`, { cause: error })
  })
  const length = await ctx.storage.size(uri)
  if (length === 0 && properties.failOnEmptyResponse) {
    await ctx.storage.delete(uri)
    throw new TaskError(`${source.split('?')[0]} sent no content; set failOnEmptyResponse: false to allow that`)
  }
  ctx.metric({ name: 'response.length', type: 'counter', value: length })
  ctx.log('DEBUG', `Stored ${length} bytes as ${uri}`)
  return { uri, code: response.status, length, headers: headersOutput(response.headers) }
}

export default run

function toReadable(response: OutboundResponse): Readable {
  if (response.nodeBody) return response.nodeBody
  if (!response.body) return Readable.from([])
  return Readable.fromWeb(response.body as ReadableStream<Uint8Array>)
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}
