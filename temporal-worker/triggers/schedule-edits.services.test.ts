import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createFlow } from '#web/server/flows/create-flow'
import { deleteFlow } from '#web/server/flows/delete-flow'
import { updateFlow } from '#web/server/flows/update-flow'
import { openWebKit, type WebKit } from '#web/server/testing/web-kit'
import { Engine } from '../../test/harness/engine'

let kit: WebKit
let engine: Engine
beforeAll(async () => {
  kit = await openWebKit()
  engine = await Engine.start(kit.engine)
})
afterAll(async () => {
  await engine?.stop()
  await kit?.close()
})

const namespace = 'company.team'
const minute = 60_000
const condition = (name: string) => `io.kestra.plugin.core.condition.${name}`

const flow = (id: string, trigger: string, format = '{{ trigger.date }}') => `id: ${id}
namespace: ${namespace}
tasks:
  - id: out
    type: io.kestra.plugin.core.debug.Return
    format: "${format}"
triggers:
  - id: clock
    type: io.kestra.plugin.core.trigger.Schedule
    ${trigger}
`
const save = (id: string, source: string) => updateFlow(kit.scope, { namespace, id, source })
const row = (flowId: string) => engine.db.trigger.findFirstOrThrow({ where: { flowId } })
const remember = (flowId: string, data: object) => engine.db.trigger.updateMany({ where: { flowId }, data })
const synced = (flowId: string) => expect.poll(async () => (await row(flowId)).isSynced, { timeout: 20_000 }).toBe(true)
const started = async (flowId: string) => {
  const executions = await engine.db.execution.findMany({ where: { flowId }, orderBy: { createdAt: 'asc' } })
  return executions.map(({ id, state, error, trigger }) => {
    const { date } = (trigger as { variables: { date: string } }).variables
    return { id, state, error, date: new Date(date).toISOString(), trigger }
  })
}
const dates = async (flowId: string) => (await started(flowId)).map(({ date }) => date)
const startedUntilNow = (flowId: string, expected: string[]) =>
  expect.poll(() => dates(flowId), { timeout: 30_000 }).toEqual(expected)
/** A whole minute, that many ago. */
const ago = (minutes: number) => new Date(Math.floor(Date.now() / minute) * minute - minutes * minute)
/** The first date of a year, that many ago: no border is near it while a test runs, as there is for minutes. */
const newYear = (years: number) => new Date(Date.UTC(new Date().getUTCFullYear() - years, 0, 1))
const text = (date: Date) => date.toISOString()

describe('the conditions of a schedule', () => {
  test('pass dates over, and shape the next and the previous one', async () => {
    const odd = `cron: "0 0 1 1 *"
    allowConcurrent: true
    conditions:
      - type: ${condition('Expression')}
        expression: "{{ trigger.date | date('yyyy') | number % 2 == 1 }}"`
    await createFlow(kit.scope, flow('odd', odd, '{{ schedule.previous }} {{ schedule.date }} {{ schedule.next }}'))
    await synced('odd')
    expect((await row('odd')).nextDate!.getUTCFullYear() % 2).toBe(1)
    const due = [6, 5, 4, 3, 2, 1, 0].map(newYear)
    await remember('odd', { nextDate: due[0]!, evaluatedAt: new Date() })
    const held = due.filter(date => date.getUTCFullYear() % 2 === 1)
    await startedUntilNow('odd', held.map(text))
    const { id } = (await started('odd'))[0]!
    const run = await engine.db.taskRun.findFirstOrThrow({ where: { executionId: id } })
    const year = held[0]!.getUTCFullYear()
    expect((run.outputs as { value: string }).value.split(' ').map(date => new Date(date).getUTCFullYear())).toEqual([
      year - 2,
      year,
      year + 2,
    ])
  })

  test('that can not be told leave an execution that says why, for each date', async () => {
    await createFlow(kit.scope, flow('untold', 'cron: "0 0 1 1 *"\n    when: "{{ nothing.at.all }}"'))
    await synced('untold')
    const due = ago(3)
    await remember('untold', { nextDate: due, evaluatedAt: new Date() })
    await startedUntilNow('untold', [text(due)])
    const reason = /The trigger clock could not start the flow. Its conditions can't be evaluated: .*`nothing`/
    expect((await started('untold'))[0]).toMatchObject({ state: 'FAILED', error: expect.stringMatching(reason) })
    expect(await row('untold')).toMatchObject({ error: expect.stringMatching(/can't be evaluated/) })
    expect((await row('untold')).nextDate! > new Date()).toBe(true)
  })

  test('let dates through that were passed over, once they are edited', async () => {
    const weekend = (rest: string) => `cron: "0 0 * * *"\n    when: "{{ isWeekend(trigger.date)${rest} }}"`
    await createFlow(kit.scope, flow('weekend', weekend('')))
    await synced('weekend')
    expect((await row('weekend')).nextDate!.getUTCDay() % 6).toBe(0)
    await save('weekend', flow('weekend', weekend(' or true')))
    await synced('weekend')
    expect((await row('weekend')).nextDate!.getTime() - Date.now()).toBeLessThanOrEqual(24 * 60 * minute)
  })
})

describe('a schedule whose flow is edited', () => {
  test('goes on by its new cron, after what was due by the old one', async () => {
    await createFlow(kit.scope, flow('edited', 'cron: "0 0 1 1 *"'))
    await synced('edited')
    // It waits for an execution, as it would be found.
    await engine.db.flow.updateMany({ where: { id: 'edited' }, data: { disabled: true } })
    const due = [2, 1, 0].map(newYear)
    await remember('edited', { nextDate: due[0]!, evaluatedAt: new Date() })
    await save('edited', flow('edited', 'cron: "0 0 29 2 *"'))
    await startedUntilNow('edited', due.map(text))
    await expect.poll(async () => (await row('edited')).nextDate?.getUTCMonth(), { timeout: 20_000 }).toBe(1)
    expect((await row('edited')).state).toEqual({})
  })

  test.each([
    ['ALL', 3],
    ['LAST', 1],
    ['NONE', 0],
  ])('and disabled in its text takes up what it missed: %s', async (recover, count) => {
    const id = `off-${recover.toLowerCase()}`
    const said = (disabled: boolean) =>
      flow(
        id,
        `cron: "0 0 1 1 *"\n    disabled: ${disabled}\n    allowConcurrent: true\n    recoverMissedSchedules: ${recover}`,
      )
    const due = [2, 1, 0].map(newYear)
    await createFlow(kit.scope, said(true))
    await synced(id)
    await remember(id, { nextDate: due[0]!, evaluatedAt: new Date(due[0]!.getTime() - minute) })
    await save(id, said(false))
    await startedUntilNow(id, due.slice(3 - count).map(text))
    await expect.poll(async () => (await row(id)).nextDate! > new Date(), { timeout: 20_000 }).toBe(true)
  })

  test('deleted and restored begins anew: nothing was due meanwhile', async () => {
    await createFlow(kit.scope, flow('gone', 'cron: "* * * * *"'))
    await synced('gone')
    await deleteFlow(kit.scope, { namespace, id: 'gone' })
    const removed = ago(1)
    await remember('gone', { nextDate: ago(10), evaluatedAt: ago(10) })
    const restored = new Date()
    await createFlow(kit.scope, flow('gone', 'cron: "* * * * *"'))
    expect((await row('gone')).nextDate! > restored).toBe(true)
    await synced('gone')
    expect((await dates('gone')).filter(date => Date.parse(date) <= removed.getTime())).toEqual([])
  })

  test('with another id for its trigger begins anew from now', async () => {
    await createFlow(kit.scope, flow('renamed', 'cron: "0 0 1 1 *"'))
    await synced('renamed')
    await remember('renamed', { lastDate: ago(10) })
    await save('renamed', flow('renamed', 'cron: "0 0 1 1 *"').replace('id: clock', 'id: watch'))
    await expect.poll(() => engine.db.trigger.count({ where: { flowId: 'renamed' } }), { timeout: 20_000 }).toBe(1)
    expect(await row('renamed')).toMatchObject({ triggerId: 'watch', lastDate: null })
    expect(await dates('renamed')).toEqual([])
  })
})
