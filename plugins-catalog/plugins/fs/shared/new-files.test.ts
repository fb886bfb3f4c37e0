import { expect, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { findNewFiles, maxListed, type NewFilesOptions } from './new-files'

type File = { id: string; version: string; modifiedMs: number }
type Options = Partial<Omit<NewFilesOptions<File>, 'files'>>

/** `a1 b2`: file a in version 1, file b in version 2, modified in that order. */
function filesOf(text: string): File[] {
  return text
    .split(' ')
    .filter(Boolean)
    .map((word, index) => ({ id: word.slice(0, 1), version: word.slice(1), modifiedMs: index }))
}

/** A trigger over several polls; of each: what it starts with, and what it finds left over. */
function watch(fixed: Options = {}) {
  let memory: JsonObject = {}
  return (text: string, options: Options & { taken?: string } = {}) => {
    const found = findNewFiles<File>({
      files: filesOf(text),
      isWhole: true,
      memory,
      action: 'NONE',
      on: 'CREATE_OR_UPDATE',
      maxFiles: 25,
      now: 0,
      ...fixed,
      ...options,
    })
    const taken = found.fresh.map(({ file }) => file).filter(({ id }) => options.taken?.includes(id) ?? true)
    // As the database would give it back.
    memory = JSON.parse(JSON.stringify(found.remember(taken) ?? memory))
    const fresh = found.fresh.map(({ file, changeType }) => `${file.id}${file.version} ${changeType}`)
    return { fresh, leftovers: found.leftovers.map(({ id }) => id), memory }
  }
}

type Poll = [listing: string, fresh: string[], leftovers?: string[]]

test.each<[string, Options, Poll[]]>([
  [
    'NONE takes each version once',
    {},
    [
      ['', []],
      ['a1 b1', ['a1 CREATE', 'b1 CREATE']],
      ['a1 b1', []],
      ['a1 b2', ['b2 UPDATE']],
      ['a1 b2 c1', ['c1 CREATE']],
      ['a1 b2 c1', []],
    ],
  ],
  [
    'one that came back is new again',
    {},
    [
      ['a1', ['a1 CREATE']],
      ['', []],
      ['a1', ['a1 CREATE']],
    ],
  ],
  [
    'CREATE alone',
    { on: 'CREATE' },
    [
      ['a1', ['a1 CREATE']],
      ['a2 b1', ['b1 CREATE']],
      ['a3 b1', []],
    ],
  ],
  [
    'UPDATE alone',
    { on: 'UPDATE' },
    [
      ['a1', []],
      ['a2 b1', ['a2 UPDATE']],
      ['a2 b2', ['b2 UPDATE']],
    ],
  ],
  [
    'no more than maxFiles, the oldest first, the rest later',
    { maxFiles: 2 },
    [
      ['a1 b1 c1 d1 e1', ['a1 CREATE', 'b1 CREATE']],
      ['a1 b1 c1 d1 e1', ['c1 CREATE', 'd1 CREATE']],
      ['a1 b1 c1 d1 e1', ['e1 CREATE']],
      ['a1 b1 c1 d1 e1', []],
    ],
  ],
  [
    'what should be gone is not taken again but left over',
    { action: 'DELETE' },
    [
      ['a1 b1', ['a1 CREATE', 'b1 CREATE']],
      ['b1', [], ['b']],
      ['b1', [], ['b']],
      ['', []],
      ['b1', ['b1 CREATE']],
    ],
  ],
  [
    'a newer one in its place is taken',
    { action: 'MOVE' },
    [
      ['a1', ['a1 CREATE']],
      ['a2', ['a2 CREATE']],
      ['a2', [], ['a']],
    ],
  ],
  [
    'a newer one in its place, where only CREATE counts',
    { action: 'DELETE', on: 'CREATE' },
    [
      ['a1', ['a1 CREATE']],
      ['a2', ['a2 CREATE']],
    ],
  ],
  [
    'a newer one in its place, where only UPDATE counts',
    { action: 'DELETE', on: 'UPDATE' },
    [
      ['a1', []],
      ['a1', []],
      ['a2', ['a2 UPDATE']],
      ['a3', ['a3 UPDATE']],
      ['', []],
      ['a4', []],
    ],
  ],
])('%s', (_, options, polls) => {
  const poll = watch(options)
  for (const [listing, fresh, leftovers = []] of polls) expect(poll(listing)).toMatchObject({ fresh, leftovers })
})

test('what could not be taken is found again', () => {
  const poll = watch()
  expect(poll('a1 b1', { taken: 'b' }).fresh).toEqual(['a1 CREATE', 'b1 CREATE'])
  expect(poll('a1 b1').fresh).toEqual(['a1 CREATE'])
})

test('stateTtl: one that is gone stays known that long', () => {
  const poll = watch({ stateTtlMs: 60_000 })
  expect(poll('a1', { now: 0 }).fresh).toHaveLength(1)
  poll('', { now: 10_000 })
  expect(poll('a1', { now: 60_000 }).fresh).toEqual([])
  poll('', { now: 70_000 })
  poll('', { now: 140_000 })
  expect(poll('a1', { now: 140_001 }).fresh).toEqual(['a1 CREATE'])
})

test('stateTtl: one that was moved and comes back unchanged is neither new nor moved again', () => {
  const poll = watch({ stateTtlMs: 60_000, action: 'MOVE' })
  poll('a1')
  poll('')
  expect(poll('a1')).toMatchObject({ fresh: [], leftovers: [] })
  expect(poll('a1')).toMatchObject({ fresh: [], leftovers: [] })
})

test('quietMs: one that has just changed waits, as what it was before', () => {
  const poll = watch({ quietMs: 2000, on: 'UPDATE' })
  expect(poll('a1', { now: 2000 }).fresh).toEqual([])
  expect(poll('a2', { now: 1999 }).fresh).toEqual([])
  expect(poll('a2', { now: 2000 }).fresh).toEqual(['a2 UPDATE'])
  expect(watch({ quietMs: 2000 })('a1', { now: 1999 }).fresh).toEqual([])
  expect(watch({ quietMs: 2000 })('a1', { now: -3_600_000 }).fresh).toEqual(['a1 CREATE'])
})

test('another stateKey begins anew', () => {
  const poll = watch()
  poll('a1')
  expect(poll('a1', { stateKey: 'second' }).fresh).toEqual(['a1 CREATE'])
  expect(poll('a1', { stateKey: 'second' }).fresh).toEqual([])
})

test('DELETE after NONE leaves alone what was there before', () => {
  const poll = watch()
  poll('a1')
  expect(poll('a1', { action: 'DELETE' })).toMatchObject({ fresh: [], leftovers: [] })
  expect(poll('a1 b1', { action: 'DELETE' }).fresh).toEqual(['b1 CREATE'])
})

test('a listing that is cut short forgets nothing for a day, and is refused where each file has to be remembered', () => {
  const poll = watch({ action: 'DELETE', isWhole: false })
  poll('a1')
  poll('b1', { now: 1000 })
  expect(poll('a1', { now: 2000 })).toMatchObject({ fresh: [], leftovers: ['a'] })
  poll('b1', { now: 3000 })
  expect(poll('b1', { now: 24 * 3_600_000 + 4000 }).memory.files).not.toHaveProperty('a')
  expect(() => watch({ isWhole: false })('a1')).toThrow(/more than 50000 files, and with action: NONE/)
})

test('the memory holds what is there, and is bounded', () => {
  const count = 5000
  const files = Array.from({ length: count }, (_, index) => ({
    id: `${index}`,
    version: 'x'.repeat(99),
    modifiedMs: 0,
  }))
  const options = { files, isWhole: true, action: 'NONE', on: 'CREATE_OR_UPDATE', maxFiles: count, now: 0 } as const
  const memory = findNewFiles({ ...options, memory: {} }).remember(files)!
  expect((JSON.stringify(memory).length / count) * maxListed).toBeLessThan(1.3 * 1024 * 1024)
  expect(findNewFiles({ ...options, files: [], memory }).remember([])?.files).toEqual({})
  expect(findNewFiles({ ...options, memory }).remember([])).toBeUndefined()
})
