import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createFlow } from '#web/server/flows/create-flow'
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

const flow = (id: string, trigger: string, tasks = '') => `id: ${id}
namespace: company.team
inputs:
  - id: day
    type: STRING
    required: false
tasks:
  - id: out
    type: io.kestra.plugin.core.debug.Return
    format: "{{ trigger.date }} {{ inputs.day ?? '-' }}"
${tasks}triggers:
  - id: clock
    type: io.kestra.plugin.core.trigger.${trigger}
`
const started = (flowId: string) => engine.db.execution.findMany({ where: { flowId }, orderBy: { createdAt: 'asc' } })
const row = (flowId: string) => engine.db.trigger.findFirstOrThrow({ where: { flowId } })
const remember = (flowId: string, data: object) => engine.db.trigger.updateMany({ where: { flowId }, data })
/** Has the worker look at all tenants' rows. */
const wake = () => engine.db.$executeRaw`select pg_notify('millrace_event', ${kit.tenantId})`

describe('a schedule', () => {
  test('starts an execution on each of its dates, once', async () => {
    const yaml = flow(
      'each',
      `Schedule\n    cron: "* * * * * *"\n    withSeconds: true\n    inputs:\n      day: "{{ trigger.date | date('yyyy') }}"`,
    )
    await createFlow(kit.scope, yaml)
    await expect.poll(async () => (await started('each')).length, { timeout: 30_000 }).toBeGreaterThan(4)
    await remember('each', { disabled: true, isSynced: false })
    const executions = await started('each')
    const dates = executions.map(({ trigger }) => (trigger as { variables: { date: string } }).variables.date)
    expect(new Set(dates).size).toBe(dates.length)
    expect(dates).toEqual(dates.toSorted())
    const seconds = dates.map(date => Date.parse(date) / 1000)
    expect(seconds.at(-1)! - seconds[0]!).toBe(seconds.length - 1)
    expect(executions[0]).toMatchObject({ state: 'SUCCESS', inputs: { day: dates[0]!.slice(0, 4) } })
    expect((await row('each')).lastExecutionId).toBe(executions.at(-1)!.id)
  })

  test('has a schedule of Temporal while it is there, and none afterwards', async () => {
    await createFlow(kit.scope, flow('rare', 'Schedule\n    cron: "0 0 1 1 *"'))
    await expect.poll(async () => (await row('rare')).isSynced, { timeout: 20_000 }).toBe(true)
    const ids = async () => {
      const found: string[] = []
      for await (const { scheduleId } of engine.client.schedule.list()) found.push(scheduleId)
      return found
    }
    const id = `trigger/${kit.tenantId}/company.team/rare/clock`
    await expect.poll(ids, { timeout: 20_000 }).toContain(id)
    await remember('rare', { kind: 'removed', isSynced: false })
    await wake()
    await expect.poll(ids, { timeout: 20_000 }).not.toContain(id)
    await expect.poll(() => engine.db.trigger.count({ where: { flowId: 'rare' } }), { timeout: 20_000 }).toBe(0)
  })

  test('whose inputs can not be rendered leaves an execution that says why', async () => {
    await createFlow(
      kit.scope,
      flow(
        'wrong',
        `Schedule\n    cron: "0 0 1 1 *"\n    inputs:\n      day: "{{ trigger.date | date('nonsense-pattern-JJ') }}"`,
      ),
    )
    await remember('wrong', { nextDate: new Date(Date.now() - 60_000), evaluatedAt: new Date() })
    await expect.poll(async () => (await started('wrong')).length, { timeout: 30_000 }).toBe(1)
    const [execution] = await started('wrong')
    expect(execution).toMatchObject({
      state: 'FAILED',
      error: expect.stringContaining('The trigger clock could not start the flow'),
    })
  })

  test('waits for its own execution, and starts what came due in the meantime afterwards', async () => {
    const sleep = '  - id: wait\n    type: io.kestra.plugin.core.flow.Sleep\n    duration: PT1S\n'
    await createFlow(kit.scope, flow('slow', 'Schedule\n    cron: "* * * * *"', sleep))
    const minute = 60_000
    const due = Math.floor(Date.now() / minute) * minute - 2 * minute
    await remember('slow', { nextDate: new Date(due), evaluatedAt: new Date() })
    // A minute may begin while the test runs: then a fourth is started, too.
    const ended = async () => (await started('slow')).filter(({ state }) => state === 'SUCCESS')
    await expect.poll(async () => (await ended()).length, { timeout: 40_000 }).toBeGreaterThanOrEqual(3)
    const spans = (await ended()).map(({ startDate, endDate }) => [startDate!.getTime(), endDate!.getTime()] as const)
    for (const [index, [start]] of spans.slice(1).entries()) expect(start).toBeGreaterThanOrEqual(spans[index]![1])
  })
})
