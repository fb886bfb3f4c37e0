import { afterAll, beforeAll, expect, test } from 'vitest'
import { createFlow } from '../flows/create-flow'
import { helloFlow, openWebKit, type WebKit } from '../testing/web-kit'
import { previewInputs } from './preview-inputs'

let kit: WebKit
beforeAll(async () => {
  kit = await openWebKit()
})
afterAll(() => kit.close())

test('the form of a flow asks for what is needed after what was given, and tells no secret', async () => {
  const inputs = `inputs:
  - {id: where, type: SELECT, values: [here, there]}
  - {id: token, type: STRING, defaults: "{{ secret('TOKEN') }}"}
  - {id: far, type: STRING, dependsOn: {inputs: [where], condition: "{{ inputs.where == 'there' }}"}}
`
  await createFlow(kit.scope, helloFlow('asks', inputs))
  const asked = async (given: { [id: string]: string }) => {
    const preview = await previewInputs(kit.scope, { namespace: 'company.team', id: 'asks', inputs: given })
    return preview.map(({ id, isEnabled, fallback }) => [id, isEnabled, fallback])
  }
  expect(await asked({ where: 'here' })).toEqual([
    ['where', true, null],
    ['token', true, null],
    ['far', false, null],
  ])
  expect((await asked({ where: 'there' }))[2]).toEqual(['far', true, null])
})
