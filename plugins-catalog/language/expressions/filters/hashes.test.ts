import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { renderString } from '../index'
import { env, errorsTable, valuesTable } from '../testing'

const texts = ['', 'a', 'ab', 'abc', 'héllo 🙂', 'x'.repeat(1000)]

test.each(['md5', 'sha1', 'sha256', 'sha512'])('%s is that of Node', name => {
  for (const text of texts) {
    expect(renderString(`{{ text | ${name} }}`, { text }, env)).toBe(createHash(name).update(text).digest('hex'))
  }
})

test.each(texts)('base64 of %j goes there and back', text => {
  const encoded = renderString('{{ text | base64encode }}', { text }, env)
  expect(encoded).toBe(Buffer.from(text).toString('base64'))
  expect(renderString('{{ encoded | base64decode }}', { encoded }, env)).toBe(text)
})

valuesTable([
  ['"a" | sha1', '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8'],
  ['("a" | sha512) == ("a" | sha512)', true],
])

errorsTable([
  ['"a*b=" | base64decode', '`base64decode` takes a text in Base64'],
  ['{} | sha256', '`sha256` takes a text, not map'],
])
