import { expect, test } from 'vitest'
import { attachment } from './attachment'

test.each([
  ['data.csv', `attachment; filename="data.csv"; filename*=UTF-8''data.csv`],
  ['a b.csv', `attachment; filename="a b.csv"; filename*=UTF-8''a%20b.csv`],
  ['prix €.csv', `attachment; filename="prix _.csv"; filename*=UTF-8''prix%20%E2%82%AC.csv`],
  ['x"; y=\r\n.csv', `attachment; filename="x_; y=__.csv"; filename*=UTF-8''x%22%3B%20y%3D%0D%0A.csv`],
  ["it's (1).csv", `attachment; filename="it's (1).csv"; filename*=UTF-8''it%27s%20%281%29.csv`],
])('%j', (name, header) => {
  expect(attachment(name)).toBe(header)
})
