import { expect, test } from 'vitest'
import { type Place, placeOf, type Span, walkBack } from './walk-back'

const nowMs = Date.UTC(2026, 0, 2)
const hourMs = 3_600_000
const beyond = { at: new Date(nowMs + 24 * hourMs).toISOString(), position: '999' }

/** A line each minute of the last hours, the newest with the highest position; two at each time. */
const lines = Array.from({ length: 2 * 60 * 5 }, (_, index) => ({
  timestamp: new Date(nowMs - Math.floor(index / 2) * 60_000),
  position: String(600 - index),
}))

const inRange = lines.filter(({ timestamp }) => timestamp.getTime() >= nowMs - 4 * hourMs)

function isBefore(line: (typeof lines)[number], { at, position }: Place) {
  const [a, b] = [line.timestamp.getTime(), Date.parse(at)]
  return a < b || (a === b && Number(line.position) < Number(position))
}

/** A step looks at `most` lines. */
function worldOf(matches: (position: number) => boolean, most: number, costMs = 1) {
  let timeMs = 0
  const spans: Span[] = []
  const after = (until: Place) => inRange.filter(line => isBefore(line, until))
  return {
    spans,
    clock: () => timeMs,
    async reach(until: Place) {
      const last = after(until)[most - 1]
      return last && placeOf(last)
    },
    async find({ until, to }: Span, wanted: number) {
      timeMs += costMs
      spans.push({ until, to })
      return after(until)
        .filter(line => to === undefined || !isBefore(line, to))
        .filter(({ position }) => matches(Number(position)))
        .slice(0, wanted)
    },
  }
}

async function all(world: ReturnType<typeof worldOf>, wanted: number) {
  const found: string[] = []
  let calls = 0
  let until: Place | undefined = beyond
  while (until !== undefined) {
    const walked: { rows: { position: string }[]; rest?: Place } = await walkBack(until, { wanted, ...world })
    expect(walked.rows.length).toBeLessThanOrEqual(wanted)
    found.push(...walked.rows.map(({ position }) => position))
    until = walked.rest
    calls += 1
  }
  return { found, calls }
}

test.each([
  [7, 1],
  [7, 8],
  [100, 3],
  [100, 7],
  [10_000, 50],
  [7, Number.POSITIVE_INFINITY],
])('pages of %i, steps of %i: each line of the range once, the newest first', async (wanted, most) => {
  const { found } = await all(
    worldOf(() => true, most),
    wanted,
  )
  expect(found).toEqual(inRange.map(({ position }) => position))
})

test('what is rare is found in one call while there is time', async () => {
  const { found, calls } = await all(
    worldOf(position => position === 200, 50),
    10,
  )
  expect({ found, calls }).toEqual({ found: ['200'], calls: 1 })
})

test('a call ends when its time is up, and the next goes on there', async () => {
  const world = worldOf(position => position === 200, 50, 20)
  const { found, calls } = await all(world, 10)
  expect(found).toEqual(['200'])
  expect(calls).toBe(Math.ceil(world.spans.length / 2))
  expect(world.spans).toHaveLength(Math.ceil((inRange.length + 1) / 50))
})
