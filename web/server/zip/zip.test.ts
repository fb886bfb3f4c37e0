import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { readZip } from './read-zip'
import { writeZip } from './write-zip'

const limits = { files: 10, fileBytes: 1000, allBytes: 5000 }

async function zip(files: Record<string, string>): Promise<Buffer> {
  async function* entries() {
    for (const [path, text] of Object.entries(files)) {
      yield {
        path,
        modifiedAt: new Date(Date.UTC(2026, 10, 30, 12, 30, 8)),
        open: async () => Readable.from([Buffer.from(text)]),
      }
    }
  }
  const parts: Buffer[] = []
  for await (const part of writeZip(entries())) parts.push(part)
  return Buffer.concat(parts)
}

const unzip = async (archive: Buffer, given = limits) =>
  Object.fromEntries(
    await Promise.all(
      readZip(archive, given).map(async ({ path, read }) => [path, (await read()).toString()] as const),
    ),
  )

test('what is packed is unpacked again', async () => {
  const files = { 'a.txt': 'one', 'dir/é.sql': 'select 1\n'.repeat(50), empty: '' }
  expect(await unzip(await zip(files))).toEqual(files)
  expect(await unzip(await zip({}))).toEqual({})
})

test('another program reads what is written', async () => {
  const { execFile } = await import('node:child_process')
  const { mkdtemp, rm, writeFile } = await import('node:fs/promises')
  const { tmpdir } = await import('node:os')
  const { promisify } = await import('node:util')
  const dir = await mkdtemp(`${tmpdir()}/zip-`)
  await writeFile(`${dir}/a.zip`, await zip({ 'dir/é.txt': 'hello' }))
  const script = `import zipfile; z = zipfile.ZipFile('${dir}/a.zip'); print(z.testzip(), z.namelist(), z.read('dir/é.txt'), z.infolist()[0].date_time)`
  const { stdout } = await promisify(execFile)('python3', ['-c', script])
  await rm(dir, { recursive: true })
  expect(stdout.trim()).toBe("None ['dir/é.txt'] b'hello' (2026, 11, 30, 12, 30, 8)")
})

test('folders and what macOS adds are left out', async () => {
  expect(await unzip(await zip({ 'dir/': '', '__MACOSX/._a': 'x', a: 'y' }))).toEqual({ a: 'y' })
})

describe('is refused', () => {
  const content = 'x'.repeat(900)
  test.each<[string, () => Promise<Buffer>, RegExp]>([
    ['no zip', async () => Buffer.from('hello, this is just a text of some length'), /it is no zip/],
    ['nothing', async () => Buffer.alloc(0), /it is no zip/],
    ['one cut off', async () => (await zip({ a: content })).subarray(40), /damaged/],
    ['a large file', () => zip({ a: 'x'.repeat(1001) }), /a is larger/],
    [
      'many files',
      () => zip(Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`${index}`, 'x']))),
      /more than 10 files/,
    ],
    [
      'much',
      () => zip(Object.fromEntries(Array.from({ length: 6 }, (_, index) => [`${index}`, content]))),
      /unpacks to more/,
    ],
    ['one that unpacks to more than it says', async () => lying(await zip({ a: content })), /a is damaged/],
  ])('%s', async (_case, make, message) => {
    await expect(async () => unzip(await make())).rejects.toThrow(message)
  })
})

/** Says of its one file that it has a byte. */
function lying(archive: Buffer): Buffer {
  const at = archive.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]))
  archive.writeUInt32LE(1, at + 24)
  return archive
}
