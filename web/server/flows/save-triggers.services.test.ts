import { afterAll, beforeAll, expect, test } from 'vitest'
import { tenantDb } from '#db/tenant-db'
import { ask, askYaml, helloFlow, openWebKit, type WebKit } from '../testing/web-kit'

let kit: WebKit
beforeAll(async () => {
  kit = await openWebKit()
})
afterAll(() => kit.close())

const schedule = (cron: string, rest = '') =>
  `triggers:\n  - id: each\n    type: io.kestra.plugin.core.trigger.Schedule\n    cron: "${cron}"\n${rest}`
const put = (yaml: string) => askYaml('/acme/flows/company.team/timed', kit.ownerToken, 'PUT', yaml)
const rows = () =>
  tenantDb(kit.tenantId).trigger.findMany({ where: { flowId: 'timed' }, orderBy: { triggerId: 'asc' } })
const remember = (data: object) => tenantDb(kit.tenantId).trigger.updateMany({ where: { flowId: 'timed' }, data })

test('the triggers of a flow follow its text and keep what they remember', async () => {
  await askYaml('/acme/flows', kit.ownerToken, 'POST', helloFlow('timed', schedule('0 6 1 1 *')))
  expect(await rows()).toMatchObject([{ triggerId: 'each', kind: 'schedule', isSynced: false, disabled: false }])
  const first = (await rows())[0]!.nextDate!
  expect(first.toISOString()).toMatch(/-01-01T06:00:00/)

  const lastDate = new Date('2020-01-01T00:00:00Z')
  const waiting = new Date('2021-01-01T00:00:00Z')
  await remember({ lastDate, nextDate: waiting, isSynced: true, disabled: true })
  await put(helloFlow('timed', `description: other\n${schedule('0 6 1 1 *')}`))
  expect(await rows()).toMatchObject([{ lastDate, nextDate: waiting, isSynced: false, disabled: true }])

  await put(helloFlow('timed', schedule('0 7 1 1 *', '    stopAfter: [FAILED]\n')))
  const [changed] = await rows()
  expect(changed).toMatchObject({ lastDate, definition: { stopAfter: ['FAILED'] } })
  expect(changed!.nextDate!.toISOString()).toMatch(/-01-01T07:00:00/)
  expect(changed!.nextDate! > new Date()).toBe(true)
})

test('a trigger that is removed, or whose flow is deleted, is marked so; one that is back begins anew', async () => {
  await put(helloFlow('timed'))
  expect(await rows()).toMatchObject([{ kind: 'removed', isSynced: false }])
  await remember({ nextDate: new Date('2021-01-01T00:00:00Z') })
  await put(helloFlow('timed', schedule('0 7 1 1 *')))
  expect(await rows()).toMatchObject([{ kind: 'schedule', lastDate: null, disabled: false }])
  expect((await rows())[0]!.nextDate! > new Date()).toBe(true)

  await ask('/acme/flows/company.team/timed', kit.ownerToken, { method: 'DELETE' })
  expect(await rows()).toMatchObject([{ kind: 'removed' }])
})

test('defaults of a trigger’s type are part of what its row says', async () => {
  const defaults =
    'pluginDefaults: [{type: io.kestra.plugin.core.http.Trigger, values: {interval: PT7M, uri: http://x}}]\n'
  const trigger = 'triggers: [{id: watch, type: io.kestra.plugin.core.http.Trigger}]\n'
  await askYaml('/acme/flows', kit.ownerToken, 'POST', helloFlow('defaults', defaults + trigger))
  const row = await tenantDb(kit.tenantId).trigger.findFirstOrThrow({ where: { flowId: 'defaults' } })
  expect(row).toMatchObject({ triggerId: 'watch', definition: { interval: 'PT7M' } })
})
