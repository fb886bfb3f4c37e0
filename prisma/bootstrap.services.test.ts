import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshEmptyDatabase } from '../test/harness/database'
import { bootstrap } from './bootstrap'
import { createDatabase, type Database } from './client'
import { hashToken, verifyPassword } from './credentials'
import { tokenDb, userDb } from './tenant-db'

let drop: () => Promise<void>
let db: Database

beforeAll(async () => {
  const fresh = await freshEmptyDatabase()
  db = createDatabase(fresh.url)
  drop = fresh.drop
})

afterAll(async () => {
  await db.$disconnect()
  await drop()
})

const input = {
  email: ' Admin@Example.com',
  password: 'long enough',
  tenant: 'main',
  plan: 'TEAM',
  token: 'a-token-of-my-choice',
} as const

test('an empty database gets its first user, tenant and token, once, whoever else asks', async () => {
  const results = await Promise.all([
    bootstrap(input),
    bootstrap(input),
    bootstrap({ ...input, email: 'b@example.com' }),
  ])
  const [made] = results.filter(result => result !== undefined)
  expect(results.filter(result => result !== undefined)).toHaveLength(1)
  expect(await bootstrap(input)).toBeUndefined()

  const users = await db.user.findMany()
  expect(users).toHaveLength(1)
  expect(['admin@example.com', 'b@example.com']).toContain(users[0]?.email)
  expect(await verifyPassword(users[0]?.passwordHash, 'long enough')).toBe(true)
  expect(await userDb(users[0]?.id as string).membership.findMany()).toMatchObject([{ tenantId: made?.tenantId }])
  const token = await tokenDb(hashToken(input.token)).apiToken.findFirst()
  expect(token).toMatchObject({ tenantId: made?.tenantId, userId: users[0]?.id, lastFour: 'oice' })
})
