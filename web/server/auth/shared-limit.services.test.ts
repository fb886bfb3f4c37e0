import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type Database } from '#db/client'
import { type FreshDatabase, freshDatabase } from '../../../test/harness/database'
import { createSharedLimit, takeOrRefuse } from './shared-limit'

let fresh: FreshDatabase
/** As two web processes have them. */
let pools: Database[]
beforeAll(async () => {
  fresh = await freshDatabase()
  pools = [createDatabase(fresh.url, { maxConnections: 5 }), createDatabase(fresh.url, { maxConnections: 5 })]
})
afterAll(async () => {
  for (const pool of pools) await pool.$disconnect()
  await fresh.drop()
})

const limitsOf = (name: string, attempts: number, windowMs: number) =>
  pools.map(pool => createSharedLimit({ name, attempts, windowMs, db: () => pool }))

test('two processes that are asked at once let as many through together as the window allows', async () => {
  const limits = limitsOf('many', 10, 60_000)
  const waits = await Promise.all(Array.from({ length: 40 }, (_, index) => limits[index % 2]!.take('ann')))
  expect(waits.filter(wait => wait === 0)).toHaveLength(10)
  expect(Math.max(...waits)).toBeLessThanOrEqual(60_000)
  expect(await limits[0]!.take('bob')).toBe(0)
  const [other] = limitsOf('another limit', 10, 60_000)
  expect(await other!.take('ann')).toBe(0)
})

test('slides: what is refused is not counted, and there is room again when the oldest leaves the window', async () => {
  const [one, two] = limitsOf('sliding', 2, 60 * 60_000)
  expect([await one!.take('a'), await two!.take('a')]).toEqual([0, 0])
  const wait = await one!.take('a')
  expect(wait).toBeGreaterThan(0)
  expect(wait).toBeLessThanOrEqual(60 * 60_000)
  // As if the first of the two had come an hour before.
  await pools[0]!.$executeRaw`
    update rate_limit set times[1] = times[1] - interval '1 hour' where cardinality(times) = 2`
  expect(await two!.take('a')).toBe(0)
  expect(await one!.take('a')).toBeGreaterThan(0)
})

test('a refusal says when to come back; what is kept tells nobody who tried', async () => {
  const [limit] = limitsOf('told', 1, 15 * 60_000)
  await takeOrRefuse(limit!, 'ann@example.com', 'Too many tries')
  await expect(takeOrRefuse(limit!, 'ann@example.com', 'Too many tries')).rejects.toMatchObject({
    code: 'TOO_MANY_REQUESTS',
    message: 'Too many tries; try again in 15 minutes',
  })
  expect(JSON.stringify(await pools[0]!.rateLimit.findMany())).not.toContain('ann')
})
