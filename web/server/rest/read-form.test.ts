import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { type FormFile, readForm } from './read-form'

function post(parts: [string, string | File][]): Request {
  const form = new FormData()
  for (const [name, value] of parts) form.append(name, value)
  return new Request('http://localhost/', { method: 'POST', body: form })
}

const storeUpper = async ({ fileName, content }: FormFile) => `${fileName}: ${(await text(content)).toUpperCase()}`

test('reads texts, and for each file what was made of it', async () => {
  const request = post([
    ['name', 'Ada'],
    ['data', new File(['one two'], 'a b.txt')],
    ['name', 'Grace'],
  ])
  expect({ ...(await readForm(request, storeUpper)) }).toEqual({ name: 'Grace', data: 'a b.txt: ONE TWO' })
})

test('leaves out a file that nobody wants, and goes on after it', async () => {
  const request = post([
    ['unwanted', new File(['x'.repeat(1_000_000)], 'big.bin')],
    ['name', 'Ada'],
  ])
  expect({ ...(await readForm(request, async () => undefined)) }).toEqual({ name: 'Ada' })
})

test('fails when storing fails, though the body is not at its end', async () => {
  const request = post([['data', new File(['x'.repeat(5_000_000)], 'big.bin')]])
  const store = async () => {
    throw new Error('the disk is full')
  }
  await expect(readForm(request, store)).rejects.toThrow('the disk is full')
})

test.each<[string, RequestInit]>([
  ['no boundary', { body: 'x', headers: { 'content-type': 'multipart/form-data' } }],
  [
    'an end in the middle',
    {
      body: '--b\r\ncontent-disposition: form-data; name="a"\r\n\r\nx',
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
    },
  ],
])('refuses %s', async (_, init) => {
  const request = new Request('http://localhost/', { method: 'POST', ...init })
  await expect(readForm(request, storeUpper)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
})
