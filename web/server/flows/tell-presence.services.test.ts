import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tenantDb } from '#db/tenant-db'
import { ask, askYaml, openWebKit, type WebKit } from '../testing/web-kit'

let kit: WebKit
let ada: string
let bob: string
beforeAll(async () => {
  kit = await openWebKit()
  ada = await kit.tokenFor(kit.tenantId, 'EDITOR')
  bob = await kit.tokenFor(kit.tenantId, 'EDITOR')
  await askYaml('/acme/flows', ada, 'POST', source('first'))
})
afterAll(() => kit.close())

const source = (text: string) => `id: shared
namespace: company
tasks:
  - {id: one, type: io.kestra.plugin.core.debug.Return, format: ${text}}
`

async function tell(token: string, page: string, isEditing = true) {
  const answer = await ask('/acme/flows/company/shared/presence', token, {
    method: 'POST',
    body: JSON.stringify({ page, isEditing }),
    headers: { 'content-type': 'application/json' },
  })
  return (await answer.json()) as { revision: number; others: { name: string; isYou: boolean; isEditing: boolean }[] }
}

test('who edits a flow is told of the others, of their unsaved changes, and of the newest revision', async () => {
  const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()]
  expect(await tell(ada, first)).toMatchObject({ revision: 1, others: [] })
  expect((await tell(bob, second, false)).others).toMatchObject([{ isYou: false, isEditing: true }])
  expect((await tell(ada, first)).others).toMatchObject([{ isYou: false, isEditing: false }])
  expect((await tell(ada, third)).others.map(({ isYou }) => isYou).toSorted()).toEqual([false, true])
  await askYaml('/acme/flows/company/shared', bob, 'PUT', source('second'))
  expect((await tell(ada, first)).revision).toBe(2)
})

test('a page that is silent for 40 seconds is gone', async () => {
  const db = tenantDb(kit.tenantId)
  await db.flowPresence.updateMany({ data: { seenAt: new Date(Date.now() - 41_000) } })
  expect((await tell(bob, randomUUID())).others).toEqual([])
  expect(await db.flowPresence.count()).toBe(1)
})

test('nobody speaks for the page of another', async () => {
  const page = randomUUID()
  const find = () => tenantDb(kit.tenantId).flowPresence.findFirstOrThrow({ where: { pageId: page } })
  await tell(ada, page, true)
  const before = await find()
  await tell(bob, page, false)
  expect(await find()).toEqual(before)
})
