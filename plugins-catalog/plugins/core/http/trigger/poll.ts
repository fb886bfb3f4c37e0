import { type Polling, TaskError } from '#language/define-plugin'
import { isTruthy } from '#language/expressions/index'
import { parseBody, readText } from '../shared/read-body'
import { headersOutput, sendRequest } from '../shared/send-request'
import { readSettings } from '../shared/settings'
import type plugin from './plugin'

const polling: Polling<typeof plugin> = {
  async poll(ctx, properties) {
    if (properties.encryptBody) throw new TaskError('encryptBody is not supported by this installation')
    const { maxBodyBytes, charset } = readSettings(properties)
    // Whatever the answer is, the condition says whether it starts the flow.
    const options = { ...properties.options, allowFailed: true }
    const answer = await sendRequest(ctx, { ...properties, options })
    const text = await readText(answer, { maxBytes: maxBodyBytes, charset })
    const headers = headersOutput(answer.headers)
    const response = { statusCode: answer.status, headers, body: text }
    if (!isTruthy(await ctx.render(properties.responseCondition, { response }))) return {}
    const body = parseBody(text, answer.headers.get('content-type'))
    return { variables: { uri: answer.url || properties.uri, code: answer.status, headers, body } }
  },
}

export default polling
