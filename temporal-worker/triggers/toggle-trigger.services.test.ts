import { afterAll, beforeAll, expect, test } from 'vitest'
import { tenantDb } from '#db/tenant-db'
import { createFlow } from '#web/server/flows/create-flow'
import { helloFlow, openWebKit, type WebKit } from '#web/server/testing/web-kit'
import { toggleTrigger } from './toggle-trigger'

let kit: WebKit
beforeAll(async () => {
  kit = await openWebKit()
})
afterAll(() => kit?.close())

const schedule = (rest = '') =>
  `triggers:\n  - id: each\n    type: io.kestra.plugin.core.trigger.Schedule\n    cron: "@daily"\n${rest}`
const toggle = (flowId: string, enabled: boolean, tenantId = kit.tenantId) =>
  toggleTrigger(
    tenantDb(tenantId),
    { tenantId, namespace: 'company.team', flowId, triggerId: 'each' },
    { enabled, reason: 'by the task stop' },
  )
const row = (flowId: string) => tenantDb(kit.tenantId).trigger.findFirstOrThrow({ where: { flowId } })

test('a trigger is disabled with its reason, and enabled again', async () => {
  await createFlow(kit.scope, helloFlow('toggled', schedule()))
  await toggle('toggled', false)
  const disabled = { disabled: true, disabledReason: 'by the task stop', isSynced: false }
  expect(await row('toggled')).toMatchObject(disabled)
  await toggle('toggled', true)
  expect(await row('toggled')).toMatchObject({ disabled: false, disabledReason: null })
})

test('what is not there, is disabled by the text, or is another tenant’s is refused', async () => {
  await expect(toggle('nowhere', false)).rejects.toThrow('There is no such trigger')
  await createFlow(kit.scope, helloFlow('off', schedule('    disabled: true\n')))
  await expect(toggle('off', true)).rejects.toThrow("The flow's text disables the trigger each")
  await createFlow(kit.scope, helloFlow('ours', schedule()))
  await expect(toggle('ours', false, kit.otherTenantId)).rejects.toThrow('There is no such trigger')
  expect(await row('ours')).toMatchObject({ disabled: false })
})
