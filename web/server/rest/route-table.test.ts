import { expect, test } from 'vitest'
import { createRouteTable } from './route-table'

const table = createRouteTable([
  { method: 'POST', path: '/{tenant}/executions/{namespace}/{id}', target: 'start' },
  { method: 'DELETE', path: '/{tenant}/executions', target: 'purge' },
  { method: 'GET', path: '/{tenant}/executions/{id}/file/preview', target: 'preview' },
  { method: 'POST', path: '/{tenant}/executions/{id}/restart', target: 'restart' },
  { method: 'GET', path: '/{tenant}/executions/{id}', target: 'get' },
  { method: 'GET', path: '/{tenant}/executions/search', target: 'search' },
])

test.each<[string, string, string | null, Record<string, string>]>([
  ['GET', '/acme/executions/search', 'search', { tenant: 'acme' }],
  ['GET', '/acme/executions/abc', 'get', { tenant: 'acme', id: 'abc' }],
  ['GET', '/acme/executions/abc/', 'get', { tenant: 'acme', id: 'abc' }],
  ['GET', '/acme/executions/a%2Fb', 'get', { tenant: 'acme', id: 'a/b' }],
  ['POST', '/acme/executions/abc/restart', 'restart', { tenant: 'acme', id: 'abc' }],
  ['POST', '/acme/executions/company.team/hello', 'start', { tenant: 'acme', namespace: 'company.team', id: 'hello' }],
  ['DELETE', '/acme/executions/abc', null, {}],
  ['GET', '/acme/executions/%E0%A4%A', null, {}],
  ['GET', '//executions/abc', null, {}],
])('%s %s', (method, path, target, params) => {
  expect(table.match(method, path)).toEqual(target === null ? null : { target, params })
})

test('knows which methods a path has', () => {
  expect(table.methods('/acme/executions/search')).toEqual(['GET'])
  expect(table.methods('/acme/nothing')).toEqual([])
})
