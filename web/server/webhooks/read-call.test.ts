import { describe, expect, it } from 'vitest'
import { callVariables } from './read-call'

function variablesOf(body: string, headers: Record<string, string>, query = '') {
  const url = new URL(`http://millrace.test/hook${query}`)
  return callVariables(new Request(url, { method: 'POST', headers, body }), url, Buffer.from(body))
}

describe('the body of a call', () => {
  it.each<[string, string, unknown]>([
    ['application/json', '{"a":[1]}', { a: [1] }],
    ['application/json; charset=utf-8', '5', 5],
    ['application/cloudevents+json', '"a"', 'a'],
    ['application/json', '{"a":', '{"a":'],
    ['application/json', '', ''],
    ['text/plain', '5', '5'],
    // As in Kestra: curl sends JSON so.
    ['application/x-www-form-urlencoded', ' {"a":1}', { a: 1 }],
    ['text/plain', '[not json]', '[not json]'],
    ['text/plain', 'a\0b', 'a\ufffdb'],
  ])('%s %s', (type, body, expected) => {
    expect(variablesOf(body, { 'content-type': type }).body).toEqual(expected)
  })
})

it('refuses a body that nests without end', () => {
  const nested = (levels: number) => variablesOf('['.repeat(levels) + ']'.repeat(levels), {})
  expect(nested(200).body).toBeDefined()
  expect(() => nested(201)).toThrow('deeper than 200')
  expect(() => nested(100_000)).toThrow('deeper than 200')
})

it('keeps headers and parameters as lists, but nothing that opens a door', () => {
  const headers = { 'X-Event': 'push', Cookie: 'a=b', Authorization: 'Bearer mr_x', 'content-type': 'text/plain' }
  expect(variablesOf('', headers, '?a=1&b=2&a=3&c=%00')).toMatchObject({
    headers: { 'x-event': ['push'] },
    parameters: { a: ['1', '3'], b: ['2'], c: ['\ufffd'] },
  })
  expect(JSON.stringify(variablesOf('', headers))).not.toMatch(/a=b|mr_x/)
})
