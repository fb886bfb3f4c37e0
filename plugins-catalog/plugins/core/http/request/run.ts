import { type Run, TaskError } from '#language/define-plugin'
import { parseBody, readText } from '../shared/read-body'
import { headersOutput, sendRequest } from '../shared/send-request'
import { readSettings } from '../shared/settings'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, properties) => {
  if (properties.encryptBody) throw new TaskError('encryptBody is not supported by this installation')
  const { maxBodyBytes, charset, logs } = readSettings(properties)
  const response = await sendRequest(ctx, properties)
  const text = await readText(response, { maxBytes: maxBodyBytes, charset })
  if (logs.includes('RESPONSE_BODY')) ctx.log('INFO', text)
  ctx.metric({ name: 'response.length', type: 'counter', value: Buffer.byteLength(text) })
  return {
    uri: response.url || properties.uri,
    code: response.status,
    headers: headersOutput(response.headers),
    body: parseBody(text, response.headers.get('content-type')),
    ...(properties.formData && { formData: properties.formData }),
  }
}

export default run
