import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { pieceBytes, readAhead, writeBehind } from './transfer'

const bytes = (count: number) => Buffer.from(Array.from({ length: count }, (_, index) => index % 251))

const all = (pieces: AsyncIterable<Buffer>): Promise<Buffer[]> => Readable.from(pieces).toArray()

/** A file that answers late, in any order. */
function fileOf(content: Buffer) {
  const asked: number[] = []
  return {
    asked,
    async read(position: number): Promise<Buffer> {
      asked.push(position)
      await new Promise(resolve => setTimeout(resolve, 5 * Math.random()))
      return content.subarray(position, position + pieceBytes)
    },
  }
}

test.each([0, 1, pieceBytes - 1, pieceBytes, pieceBytes + 1, 50 * pieceBytes + 7])(
  '%i bytes are read in order',
  async count => {
    const file = fileOf(bytes(count))
    expect(Buffer.concat(await all(readAhead(file.read))).equals(bytes(count))).toBe(true)
    expect(file.asked.length).toBeLessThan(count / pieceBytes + 40)
  },
)

test('a small file costs one request', async () => {
  const file = fileOf(bytes(10))
  await all(readAhead(file.read))
  expect(file.asked).toEqual([0])
})

test('a failure is told once all that is under way has ended, and only once', async () => {
  let underWay = 0
  const read = async (position: number) => {
    underWay++
    await new Promise(resolve => setTimeout(resolve, 5))
    underWay--
    if (position > 5 * pieceBytes) throw new Error(`broke at ${position / pieceBytes}`)
    return bytes(pieceBytes)
  }
  await expect(all(readAhead(read))).rejects.toThrow('broke at 6')
  expect(underWay).toBe(0)
})

test('pieces are written where they belong; a failure is told', async () => {
  const content = bytes(5 * pieceBytes + 11)
  const chunks = [content.subarray(0, 100), content.subarray(100, 4 * pieceBytes), content.subarray(4 * pieceBytes)]
  const target = Buffer.alloc(content.length)
  await writeBehind(Readable.from(chunks), async (piece, position) => {
    await new Promise(resolve => setTimeout(resolve, 5 * Math.random()))
    piece.copy(target, position)
  })
  expect(target.equals(content)).toBe(true)
  await expect(writeBehind(Readable.from(chunks), async () => Promise.reject(new Error('full')))).rejects.toThrow(
    'full',
  )
})
