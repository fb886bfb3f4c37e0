import { expect, test } from 'vitest'
import { parseJdbcUrl } from './jdbc-url'

test.each([
  ['jdbc:postgresql://db:5433/shop', { host: 'db', port: 5433, database: 'shop' }],
  ['jdbc:postgresql://db/shop', { port: 5432 }],
  ['jdbc:postgresql://db', { database: 'postgres' }],
  ['jdbc:postgresql://[::1]:1/x', { host: '::1', port: 1 }],
  ['postgres://me:p%40ss@db/x', { user: 'me', password: 'p@ss' }],
  [
    'jdbc:postgresql://db/x?user=me&password=pw&sslmode=verify-full',
    { user: 'me', password: 'pw', sslMode: 'VERIFY_FULL' },
  ],
  ['jdbc:postgresql://db/x?ssl=true&currentSchema=a;b', { ssl: true, currentSchema: 'ab' }],
])('%s', (url, expected) => expect(parseJdbcUrl(url)).toMatchObject(expected))

test.each([
  'jdbc:mysql://db/x',
  'jdbc:postgresql:shop',
  'db',
  'jdbc:postgresql://a:1,b:2/x?password=secret',
  'jdbc:postgresql://',
])('%s is refused, without its password', url => {
  expect(() => parseJdbcUrl(url)).toThrow(/^url: .* is not understood/)
  expect(() => parseJdbcUrl(url)).not.toThrow('secret')
})
