import { expect, test } from 'vitest'
import { requireSameOrigin } from './same-origin'

const host = 'millrace.example'

test.each<[string, string, Record<string, string>, boolean]>([
  ['a read from anywhere', 'GET', { host, origin: 'https://evil.example' }, true],
  ['a change by our own page', 'POST', { host, origin: 'https://millrace.example' }, true],
  ['a change behind a proxy', 'POST', { host: 'web:3000', 'x-forwarded-host': host, origin: `https://${host}` }, true],
  ['a change by another site', 'POST', { host, origin: 'https://evil.example' }, false],
  ['a change by a sister site', 'DELETE', { host, origin: 'https://a.millrace.example' }, false],
  ['a change from a sandboxed frame', 'POST', { host, origin: 'null' }, false],
  ['a change that does not say where it is from', 'PUT', { host }, false],
  ['a change that the browser calls same-origin', 'PUT', { host, 'sec-fetch-site': 'same-origin' }, true],
])('%s', (_, method, headers, allowed) => {
  const check = () => requireSameOrigin({ method, headers: new Headers(headers) })
  if (allowed) expect(check).not.toThrow()
  else expect(check).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }))
})
