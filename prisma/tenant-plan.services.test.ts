import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../test/harness/database'
import { database } from './client'
import { setTenantPlan } from './tenant-plan'

let fresh: FreshDatabase
beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())

test('a tenant is put on a plan, no other is', async () => {
  expect(await setTenantPlan(database(), 'acme', 'TEAM')).toBe('SCALE')
  expect(await setTenantPlan(database(), 'acme', 'FREE')).toBe('TEAM')
  const plans = await database().tenant.findMany({ select: { slug: true, plan: true }, orderBy: { slug: 'asc' } })
  expect(plans).toEqual([
    { slug: 'acme', plan: 'FREE' },
    { slug: 'other', plan: 'SCALE' },
  ])
})

test.each([
  ['acme', 'GOLD', /no plan "GOLD".*FREE, TEAM, SCALE/],
  ['nobody', 'TEAM', /no tenant "nobody"/],
])('%s to %s is refused', async (slug, plan, message) => {
  await expect(setTenantPlan(database(), slug, plan)).rejects.toThrow(message)
})
