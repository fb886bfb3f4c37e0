import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createFlow } from '#web/server/flows/create-flow'
import { openWebKit, type WebKit } from '#web/server/testing/web-kit'
import { cancelBackfill, pauseBackfill } from '#web/server/triggers/change-backfill'
import { getTrigger } from '#web/server/triggers/find-trigger'
import { unlockTrigger } from '#web/server/triggers/unlock-trigger'
import { updateTrigger } from '#web/server/triggers/update-trigger'
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

const sleep = (duration: string) =>
  `  - id: wait\n    type: io.kestra.plugin.core.flow.Sleep\n    duration: ${duration}\n`
const pause = '  - id: wait\n    type: io.kestra.plugin.core.flow.Pause\n'
const flow = (id: string, options: { tasks?: string; cron?: string; more?: string } = {}) => `id: ${id}
namespace: company.team
inputs:
  - id: day
    type: STRING
    required: false
tasks:
  - id: out
    type: io.kestra.plugin.core.debug.Return
    format: "{{ trigger.date }} {{ inputs.day ?? '-' }}"
${options.tasks ?? ''}triggers:
  - id: clock
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "${options.cron ?? '0 0 1 1 *'}"
${options.more ?? ''}`

const key = (flowId: string) => ({ namespace: 'company.team', flowId, triggerId: 'clock' })
const started = (flowId: string) => engine.db.execution.findMany({ where: { flowId }, orderBy: { createdAt: 'asc' } })
const datesOf = async (flowId: string) =>
  (await started(flowId)).map(({ trigger }) => (trigger as { variables: { date: string } }).variables.date)
const backfillOf = async (flowId: string) => (await getTrigger(kit.scope, key(flowId))).backfill
const years = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => `${from + i}-01-01T00:00:00Z`)
const replay = (flowId: string, from: number, to: number, more = {}) =>
  updateTrigger(kit.scope, {
    ...key(flowId),
    backfill: { start: `${from}-01-01T00:00:00Z`, end: `${to}-06-01T00:00:00Z`, ...more },
  })
const patience = { timeout: 40_000 }

describe('a backfill', () => {
  test('replays each date in order, with its inputs and labels; the schedule keeps its next date', async () => {
    await createFlow(kit.scope, flow('plain'))
    const before = await getTrigger(kit.scope, key('plain'))
    const trigger = await replay('plain', 2020, 2024, {
      inputs: { day: "{{ trigger.date | date('yyyy') }}" },
      labels: [{ key: 'why', value: 'audit' }],
    })
    expect(trigger.backfill).toMatchObject({ total: 5, isExact: true, paused: false })
    await expect.poll(() => backfillOf('plain'), patience).toBeUndefined()
    expect(await datesOf('plain')).toEqual(years(2020, 2024))
    expect((await started('plain')).map(({ inputs }) => (inputs as { day: string }).day)).toEqual(
      years(2020, 2024).map(date => date.slice(0, 4)),
    )
    expect((await started('plain'))[0]?.labels).toContainEqual({ key: 'why', value: 'audit' })
    const begun = (await started('plain')).map(({ createdAt }) => createdAt.getTime())
    for (const [index, ms] of begun.slice(1).entries()) expect(ms - begun[index]!).toBeGreaterThanOrEqual(100)
    const after = await getTrigger(kit.scope, key('plain'))
    expect(after.nextExecutionDate).toBe(before.nextExecutionDate)
    expect(after).toMatchObject({ date: '2024-01-01T00:00:00.000Z', lastExecution: { state: 'SUCCESS' } })

    await replay('plain', 2020, 2020)
    await expect.poll(() => backfillOf('plain'), patience).toBeUndefined()
    expect((await datesOf('plain')).at(-1)).toBe('2020-01-01T00:00:00Z')
  })

  test('runs one execution at a time, whatever allowConcurrent and lateMaximumDelay say', async () => {
    const more = '    allowConcurrent: true\n    lateMaximumDelay: PT1S\n'
    await createFlow(kit.scope, flow('alone', { tasks: sleep('PT0.3S'), more }))
    await replay('alone', 2021, 2024)
    await expect.poll(() => backfillOf('alone'), patience).toBeUndefined()
    const executions = await started('alone')
    expect(await datesOf('alone')).toEqual(years(2021, 2024))
    for (const [index, { startDate }] of executions.slice(1).entries()) {
      expect(startDate!.getTime()).toBeGreaterThanOrEqual(executions[index]!.endDate!.getTime())
    }
  })

  test('passes over dates whose conditions do not hold', async () => {
    const more = `    conditions:
      - type: io.kestra.plugin.core.condition.DayWeek
        dayOfWeek: MONDAY
`
    await createFlow(kit.scope, flow('mondays', { more }))
    await replay('mondays', 2000, 2024)
    await expect.poll(() => backfillOf('mondays'), patience).toBeUndefined()
    expect(await datesOf('mondays')).toEqual(years(2000, 2024).filter(date => new Date(date).getUTCDay() === 1))
  })

  test('pauses by itself where nobody can tell whether a condition holds', async () => {
    const more = `    conditions:
      - type: io.kestra.plugin.core.condition.Expression
        expression: "{{ nothing.of.the.kind }}"
`
    await createFlow(kit.scope, flow('unclear', { more }))
    await replay('unclear', 2020, 2022)
    await expect
      .poll(() => backfillOf('unclear'), patience)
      .toMatchObject({
        paused: true,
        done: 0,
        problem: expect.stringContaining('nothing'),
      })
    expect((await pauseBackfill(kit.scope, key('unclear'), true)).backfill).not.toHaveProperty(
      'problem',
      expect.anything(),
    )
  })

  test('pauses, goes on, tells how far it is, and is cancelled', async () => {
    await createFlow(kit.scope, flow('held', { tasks: pause }))
    await replay('held', 2020, 2024)
    const open = () => engine.db.execution.findFirst({ where: { flowId: 'held', state: 'PAUSED' } })
    const resume = async (count: number) => {
      await expect.poll(open, patience).not.toBeNull()
      const { id } = (await open())!
      await engine.handle(id).executeUpdate('resume', { args: [{}] })
      await expect
        .poll(async () => (await started('held')).filter(({ state }) => state === 'SUCCESS').length, patience)
        .toBe(count)
    }
    await resume(1)
    await expect.poll(() => backfillOf('held'), patience).toMatchObject({ done: 1, total: 5 })
    await expect.poll(open, patience).not.toBeNull()
    expect((await getTrigger(kit.scope, key('held'))).executionId).toBe((await open())!.id)
    expect((await pauseBackfill(kit.scope, key('held'), true)).backfill?.paused).toBe(true)
    await resume(2)
    await expect.poll(async () => await engine.db.executionEvent.count(), patience).toBe(0)
    expect(await started('held')).toHaveLength(2)

    await pauseBackfill(kit.scope, key('held'), false)
    await resume(3)
    await expect.poll(open, patience).not.toBeNull()
    expect((await cancelBackfill(kit.scope, key('held'))).backfill).toBeUndefined()
    await resume(4)
    expect(await datesOf('held')).toEqual(years(2020, 2023))
    await expect(cancelBackfill(kit.scope, key('held'))).rejects.toThrow('has no backfill')
  })

  test('goes on past an execution that hangs once the trigger is unlocked', async () => {
    await createFlow(kit.scope, flow('hanging', { tasks: pause }))
    await replay('hanging', 2020, 2021)
    await expect.poll(async () => (await started('hanging'))[0]?.state, patience).toBe('PAUSED')
    await unlockTrigger(kit.scope, key('hanging'))
    await expect.poll(async () => (await started('hanging')).length, patience).toBe(2)
    expect((await started('hanging')).map(({ state }) => state)).toContain('PAUSED')
  })

  test('keeps the schedule waiting, which goes on from where it was', async () => {
    await createFlow(kit.scope, flow('busy', { cron: '* * * * *', tasks: sleep('PT0.2S') }))
    const due = new Date(Math.floor(Date.now() / 60_000) * 60_000 - 120_000)
    const start = new Date(due.getTime() - 600_000).toISOString()
    const end = new Date(due.getTime() - 420_000).toISOString()
    await engine.db.trigger.updateMany({
      where: { flowId: 'busy' },
      data: { nextDate: new Date(Date.now() + 3_600_000) },
    })
    await updateTrigger(kit.scope, { ...key('busy'), backfill: { start, end } })
    await engine.db.trigger.updateMany({ where: { flowId: 'busy' }, data: { nextDate: due, evaluatedAt: new Date() } })
    await expect.poll(async () => (await started('busy')).length, patience).toBeGreaterThanOrEqual(6)
    const times = (await datesOf('busy')).slice(0, 6).map(date => Date.parse(date))
    const replayed = [0, 1, 2, 3].map(minute => Date.parse(start) + minute * 60_000)
    expect(times).toEqual([...replayed, due.getTime(), due.getTime() + 60_000])
    await engine.db.trigger.updateMany({ where: { flowId: 'busy' }, data: { disabled: true, isSynced: false } })
  })
})
