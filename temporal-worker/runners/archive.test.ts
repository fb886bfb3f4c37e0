import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pack } from 'tar-stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepareRequest, recordEvents } from '../../test/harness/runner-kit'
import { keepWanted } from './archive'
import { collect } from './kubernetes/cluster'
import type { RunnerRequest } from './runner'

let root: string
let request: RunnerRequest
let archive: Buffer
const { events } = recordEvents()

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'millrace-archive-'))
  request = { ...(await prepareRequest(root, 'true')), outputFiles: ['*.txt'] }
  const packed = pack()
  for (const name of ['a', 'b']) packed.entry({ name: `./${name}.txt` }, name.repeat(4000))
  packed.finalize()
  archive = await collect(packed as unknown as Readable)
})
afterAll(() => rm(root, { recursive: true, force: true }))

test('files come whole, and are counted', async () => {
  expect(await keepWanted(Readable.from([archive]), request, events)).toBe(2)
  expect(await readFile(join(request.hostDir, 'b.txt'), 'utf8')).toBe('b'.repeat(4000))
})

// Inside a header, behind it, inside a file, behind it, inside the next header, behind that.
test.each([100, 512, 700, 4608, 4700, 5120])('an archive cut at byte %s ends, in one piece or in many', async at => {
  const whole = archive.subarray(0, at)
  const pieces = Array.from({ length: Math.ceil(at / 100) }, (_, index) =>
    whole.subarray(index * 100, index * 100 + 100),
  )
  for (const parts of [[whole], pieces]) {
    const kept = await keepWanted(Readable.from(parts), request, events).catch((error: Error) => error.message)
    expect(kept).toBe(at === 4608 ? 1 : 'Unexpected end of data')
  }
})
