import { expect, it } from 'vitest'
import { curlCall, webhookUrl } from './webhook-url'

const place = { tenant: 'acme', namespace: 'company.team', flowId: 'hook', key: undefined }

it.each([
  [undefined, 'http://a/api/v1/acme/executions/webhook/company.team/hook/KEY'],
  ['plain-key', 'http://a/api/v1/acme/executions/webhook/company.team/hook/plain-key'],
  ['a/b?c d', 'http://a/api/v1/acme/executions/webhook/company.team/hook/a%2Fb%3Fc%20d'],
])('the address of the key %s', (key, url) => expect(webhookUrl('http://a', { ...place, key })).toBe(url))

it('no key ends the quotes of the shell', () => {
  expect(curlCall(webhookUrl('http://a', { ...place, key: "'; rm" }))).toContain("/%27%3B%20rm'")
})
