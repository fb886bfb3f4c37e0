import { expect, test } from 'vitest'
import { downloadUrl, fileName, isFileUri } from './file-uri'

test.each([
  ['kestra:///a/b/products.json', true],
  ['https://x/y', false],
  ['nsfile:///a', false],
  [7, false],
  [null, false],
])('%s is a file: %s', (value, isFile) => {
  expect(isFileUri(value)).toBe(isFile)
})

test.each([
  ['kestra:///a/b/products.json', 'products.json'],
  ['kestra:///a/%C3%A4.csv', 'ä.csv'],
  ['kestra:///a/100%.csv', '100%.csv'],
])('%s is called %s', (uri, name) => {
  expect(fileName(uri)).toBe(name)
})

test('an address is escaped once', () => {
  expect(downloadUrl('acme', 'e1', 'kestra:///a b&c')).toBe(
    '/api/v1/acme/executions/e1/file?path=kestra%3A%2F%2F%2Fa%20b%26c',
  )
})
