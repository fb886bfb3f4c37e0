import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tenantDb } from '#db/tenant-db'
import { restartExecution } from '#web/server/executions/restart-execution'
import { resumeExecution } from '#web/server/executions/resume-execution'
import { startExecution } from '#web/server/executions/start-execution'
import { createFlow } from '#web/server/flows/create-flow'
import { deleteFlow } from '#web/server/flows/delete-flow'
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

/** Each test has a namespace of its own, so that no flow hears of another test's. */
type Flow = { namespace: string; id: string; trigger?: string; tasks?: string; rest?: string }

const hello = '  - {id: hello, type: io.kestra.plugin.core.debug.Return, format: hello}\n'

function yaml({ namespace, id, trigger, tasks = hello, rest = '' }: Flow): string {
  const triggers = `triggers:\n  - id: follow\n    type: io.kestra.plugin.core.trigger.Flow\n${trigger}`
  return `id: ${id}\nnamespace: ${namespace}\n${rest}tasks:\n${tasks}${trigger === undefined ? '' : triggers}`
}

const save = (flow: Flow) => createFlow(kit.scope, yaml(flow))
const start = (namespace: string, id: string, inputs = {}, labels: { key: string; value: string }[] = []) =>
  startExecution(kit.scope, { namespace, id, inputs, labels })
const started = (namespace: string, flowId: string) =>
  engine.db.execution.findMany({ where: { namespace, flowId }, orderBy: { createdAt: 'asc' } })
const states = async (namespace: string, flowId: string) => (await started(namespace, flowId)).map(({ state }) => state)
const row = (namespace: string, flowId: string) => engine.db.trigger.findFirstOrThrow({ where: { namespace, flowId } })
const patience = { timeout: 30_000 }

/** Once this execution is followed, all before it have been. */
async function caughtUp(): Promise<void> {
  await expect.poll(() => engine.db.executionEvent.count(), patience).toBe(0)
}

const onEndOf = (namespace: string, flowId: string, rest = '') =>
  `    preconditions:\n      id: after\n      flows:\n        - {namespace: ${namespace}, flowId: ${flowId}${rest}}\n`

describe('a flow that starts after another', () => {
  test('sees it, its outputs as inputs, and shares its correlation', async () => {
    const namespace = 'chain'
    await save({
      namespace,
      id: 'a',
      rest: 'labels: {team: data}\noutputs:\n  - {id: day, type: STRING, value: "{{ outputs.hello.value }}!"}\n',
    })
    const id = (flowId: string) => `{{ trigger.executionId }} {{ trigger.namespace }} {{ trigger.${flowId} }}`
    await save({
      namespace,
      id: 'b',
      rest: 'inputs:\n  - {id: day, type: STRING}\n  - {id: of_task, type: STRING}\n',
      tasks: `  - {id: out, type: io.kestra.plugin.core.debug.Return, format: "{{ inputs.day }} {{ inputs.of_task }} ${id('flowId')} {{ trigger.flowRevision }} {{ trigger.state }} {{ trigger.executionLabels.team }} {{ trigger.lastTaskId }}"}\n`,
      trigger: `    inputs: {day: "{{ trigger.outputs.day }}", of_task: "{{ outputs.hello.value }}"}\n    labels: {from: "{{ trigger.flowId }}"}\n${onEndOf(namespace, 'a')}`,
    })
    const upstream = await start(namespace, 'a')
    await expect.poll(() => states(namespace, 'b'), patience).toEqual(['SUCCESS'])
    const [execution] = await started(namespace, 'b')
    const { taskRuns } = await engine.read(execution!.id)
    expect(taskRuns[0]!.outputs).toEqual({
      value: `hello! hello ${upstream.id} chain a 1 SUCCESS data hello`,
    })
    const labels = Object.fromEntries(
      (execution!.labels as { key: string; value: string }[]).map(l => [l.key, l.value]),
    )
    const [first] = await started(namespace, 'a')
    const own = (first!.labels as { key: string; value: string }[]).find(({ key }) => key === 'system.correlationId')
    expect(labels).toEqual({ from: 'a', 'system.correlationId': own?.value })
    expect(execution!.trigger).toMatchObject({ id: 'follow', variables: { executionId: upstream.id } })
    expect(await row(namespace, 'b')).toMatchObject({ lastExecutionId: execution!.id, error: null })
  })

  test('whose inputs can not be rendered leaves an execution that says why', async () => {
    const namespace = 'wrong'
    await save({ namespace, id: 'a' })
    const rest = 'inputs:\n  - {id: day, type: INT}\n'
    await save({
      namespace,
      id: 'b',
      rest,
      trigger: `    inputs: {day: "{{ trigger.state }}"}\n${onEndOf(namespace, 'a')}`,
    })
    await start(namespace, 'a')
    await expect.poll(() => states(namespace, 'b'), patience).toEqual(['FAILED'])
    expect((await started(namespace, 'b'))[0]!.error).toMatch(/The trigger follow could not start the flow.*day/)
    // What the database refuses must not stop the events that come after.
    await save({
      namespace,
      id: 'c',
      rest: 'inputs:\n  - {id: x, type: STRING}\n',
      trigger: `    inputs: {x: "{{ 'AA==' | base64decode }}"}\n${onEndOf(namespace, 'a')}`,
    })
    await start(namespace, 'a')
    await expect.poll(() => states(namespace, 'c'), patience).toEqual(['FAILED'])
  })

  test('runs without a required input that its trigger does not give', async () => {
    const namespace = 'ungiven'
    await save({ namespace, id: 'a' })
    await save({
      namespace,
      id: 'b',
      rest: 'inputs:\n  - {id: day, type: STRING}\n  - {id: region, type: STRING, defaults: EU}\n',
      tasks: `  - {id: out, type: io.kestra.plugin.core.debug.Return, format: "{{ inputs.day ?? 'no day' }} {{ inputs }}"}\n`,
      trigger: onEndOf(namespace, 'a'),
    })
    await start(namespace, 'a')
    await expect.poll(() => states(namespace, 'b'), patience).toEqual(['SUCCESS'])
    const { taskRuns } = await engine.read((await started(namespace, 'b'))[0]!.id)
    expect(taskRuns[0]!.outputs).toEqual({ value: 'no day {"region":"EU"}' })
  })

  test('starts only where all conditions hold', async () => {
    const namespace = 'conditions'
    const fail = '  - {id: fail, type: io.kestra.plugin.core.execution.Fail, runIf: "{{ inputs.fails }}"}\n'
    const rest = `inputs:\n  - {id: fails, type: BOOL, defaults: false}\noutputs:\n  - {id: count, type: INT, value: "{{ inputs.fails ? 1 : 2 }}"}\n`
    await save({ namespace, id: 'a', rest, tasks: fail })
    await save({ namespace, id: 'other' })
    const type = 'io.kestra.plugin.core.condition'
    const listen = (id: string, conditions: string[], more = '') =>
      save({
        namespace,
        id,
        trigger: `${more}    conditions:\n      - {type: ${type}.ExecutionFlow, namespace: conditions, flowId: a}\n${conditions.map(each => `      - {type: ${type}.${each}}\n`).join('')}`,
      })
    await listen('on_failure', ['ExecutionStatus, in: [FAILED]'])
    await listen('on_label', ['ExecutionLabels, labels: {team: data}'])
    await listen('on_output', [`ExecutionOutputs, expression: "{{ trigger.outputs.count == 2 }}"`])
    await listen('on_input', [`Expression, expression: "{{ inputs.fails }}"`])
    await listen('on_flow', [`Expression, expression: "{{ flow.id == 'a' and execution.state == 'SUCCESS' }}"`])
    await listen('on_when', [], `    when: "{{ labels.team == 'data' }}"\n`)
    await start(namespace, 'a', {}, [{ key: 'team', value: 'data' }])
    await start(namespace, 'a', { fails: true })
    await start(namespace, 'other')
    await caughtUp()
    const counts = await Promise.all(
      ['on_failure', 'on_label', 'on_output', 'on_input', 'on_flow', 'on_when'].map(async id => {
        const [first, ...more] = await started(namespace, id)
        expect(more).toEqual([])
        return [id, (first?.trigger as { variables: { state: string } } | undefined)?.variables.state]
      }),
    )
    expect(Object.fromEntries(counts)).toEqual({
      on_failure: 'FAILED',
      on_label: 'SUCCESS',
      on_output: 'SUCCESS',
      on_input: 'FAILED',
      on_flow: 'SUCCESS',
      on_when: 'SUCCESS',
    })
  })

  test('starts nothing after flows of a namespace that does not admit its own, and says so', async () => {
    const namespace = 'vault'
    await save({ namespace, id: 'a' })
    await save({ namespace: 'guest', id: 'b', trigger: onEndOf(namespace, 'a') })
    await save({ namespace, id: 'own', trigger: onEndOf(namespace, 'a') })
    const { tenantId } = kit
    await engine.db.namespace.create({ data: { tenantId, id: namespace, isRestricted: true } })
    await start(namespace, 'a')
    await expect.poll(() => states(namespace, 'own'), patience).toEqual(['SUCCESS'])
    await caughtUp()
    expect(await states('guest', 'b')).toEqual([])
    expect((await row('guest', 'b')).error).toMatch(
      /A flow of guest may not use executions of a of the namespace vault/,
    )
    await engine.db.namespace.updateMany({ where: { id: namespace }, data: { allowedNamespaces: ['guest'] } })
    await start(namespace, 'a')
    await expect.poll(() => states('guest', 'b'), patience).toEqual(['SUCCESS'])
    expect((await row('guest', 'b')).error).toBeNull()
  })

  test('shows why a condition can not be asked', async () => {
    const namespace = 'unasked'
    await save({ namespace, id: 'a' })
    await save({ namespace, id: 'b', trigger: `    when: "{{ nowhere.to_be_found }}"\n${onEndOf(namespace, 'a')}` })
    await start(namespace, 'a')
    await caughtUp()
    expect(await states(namespace, 'b')).toEqual([])
    expect((await row(namespace, 'b')).error).toContain('nowhere')
  })

  test('sees each state that an execution passes through, and PAUSED without being asked', async () => {
    const namespace = 'states'
    const pause = (id: string) => `  - {id: ${id}, type: io.kestra.plugin.core.flow.Pause}\n`
    await save({ namespace, id: 'a', tasks: pause('one') + pause('two') })
    await save({ namespace, id: 'quick' })
    await save({ namespace, id: 'by_default', trigger: onEndOf(namespace, 'a') })
    await save({ namespace, id: 'on_running', trigger: `    states: [RUNNING]\n${onEndOf(namespace, 'quick')}` })
    const seen = async (id: string) =>
      (await started(namespace, id)).map(({ trigger }) => (trigger as { variables: { state: string } }).variables.state)
    await start(namespace, 'quick')
    const { id } = await start(namespace, 'a')
    await expect.poll(() => seen('by_default'), patience).toEqual(['PAUSED'])
    await resumeExecution(kit.scope, { id, inputs: {} })
    await expect.poll(() => seen('by_default'), patience).toEqual(['PAUSED', 'PAUSED'])
    await engine.waitForState(id, 'PAUSED')
    await resumeExecution(kit.scope, { id, inputs: {} })
    await expect.poll(() => seen('by_default'), patience).toEqual(['PAUSED', 'PAUSED', 'SUCCESS'])
    expect(await seen('on_running')).toEqual(['RUNNING'])
  })

  test('starts again when an execution that was restarted ends again', async () => {
    const namespace = 'restart'
    await save({ namespace, id: 'a', tasks: '  - {id: fail, type: io.kestra.plugin.core.execution.Fail}\n' })
    await save({ namespace, id: 'b', trigger: onEndOf(namespace, 'a') })
    const { id } = await start(namespace, 'a')
    await expect.poll(() => states(namespace, 'b'), patience).toEqual(['SUCCESS'])
    await restartExecution(kit.scope, { id })
    await expect.poll(() => states(namespace, 'b'), patience).toEqual(['SUCCESS', 'SUCCESS'])
  })

  test('never starts for its own executions, for tries, or for those of another tenant', async () => {
    const namespace = 'own'
    await save({ namespace, id: 'a' })
    await save({
      namespace,
      id: 'all',
      trigger:
        '    states: [SUCCESS]\n    conditions:\n      - {type: io.kestra.plugin.core.condition.ExecutionNamespace, namespace: own}\n',
    })
    await start(namespace, 'all')
    const other = { ...kit.scope, db: tenantDb(kit.otherTenantId), tenantId: kit.otherTenantId, tenant: 'other' }
    await createFlow(other, yaml({ namespace, id: 'a' }))
    await startExecution(other, { namespace, id: 'a', inputs: {}, labels: [] })
    const { id } = await start(namespace, 'a')
    await expect.poll(async () => (await started(namespace, 'all')).length, patience).toBe(2)
    await engine.db.execution.update({ where: { tenantId_id: { tenantId: kit.tenantId, id } }, data: { kind: 'TEST' } })
    await engine.db.execution.update({
      where: { tenantId_id: { tenantId: kit.tenantId, id } },
      data: { state: 'WARNING' },
    })
    await start(namespace, 'a')
    await expect.poll(async () => (await started(namespace, 'all')).length, patience).toBe(3)
    expect(await tenantDb(kit.otherTenantId).executionEvent.count()).toBe(0)
  })

  test('that is disabled or deleted does not start, nor does one whose trigger is', async () => {
    const namespace = 'disabled'
    await save({ namespace, id: 'a' })
    const trigger = onEndOf(namespace, 'a')
    await save({ namespace, id: 'in_text', trigger: `    disabled: true\n${trigger}` })
    await save({ namespace, id: 'flow', trigger, rest: 'disabled: true\n' })
    await save({ namespace, id: 'by_hand', trigger })
    await engine.db.trigger.updateMany({ where: { namespace, flowId: 'by_hand' }, data: { disabled: true } })
    await save({ namespace, id: 'deleted', trigger })
    await deleteFlow(kit.scope, { namespace, id: 'deleted' })
    await save({ namespace, id: 'b', trigger })
    await start(namespace, 'a')
    await expect.poll(() => states(namespace, 'b'), patience).toEqual(['SUCCESS'])
    await caughtUp()
    const all = await engine.db.execution.findMany({ where: { namespace } })
    expect(all.map(({ flowId }) => flowId).sort()).toEqual(['a', 'b'])
  })
})

describe('several executions', () => {
  const out = (id: string) => `outputs:\n  - {id: ${id}, type: STRING, value: of-${id}}\n`
  const both = (namespace: string, more = '') =>
    `    preconditions:\n      id: both\n${more}      flows:\n        - {namespace: ${namespace}, flowId: a, states: [SUCCESS]}\n        - {namespace: ${namespace}, flowId: b}\n`
  const given = async (namespace: string, flowId: string) =>
    (await started(namespace, flowId)).map(
      ({ trigger }) => (trigger as { variables: { outputs: object } }).variables.outputs,
    )
  /** As if all that is remembered had happened so long ago. */
  async function moveBack(namespace: string, flowId: string, days: number): Promise<void> {
    const back = (date: string) => new Date(Date.parse(date) - days * 86_400_000).toISOString()
    const { state } = await row(namespace, flowId)
    const text = JSON.stringify(state).replace(/"\d{4}-[^"]+Z"/g, date => JSON.stringify(back(JSON.parse(date))))
    await engine.db.trigger.updateMany({ where: { namespace, flowId }, data: { state: JSON.parse(text) } })
  }

  test('come together in a window; then all must come again', async () => {
    const namespace = 'together'
    await save({ namespace, id: 'a', rest: out('x') })
    await save({ namespace, id: 'b', rest: out('y') })
    await save({ namespace, id: 'c', trigger: both(namespace) })
    await start(namespace, 'a')
    await start(namespace, 'a')
    await caughtUp()
    expect(await states(namespace, 'c')).toEqual([])
    await start(namespace, 'b')
    const outputs = { x: 'of-x', y: 'of-y', together: { a: { x: 'of-x' }, b: { y: 'of-y' } } }
    await expect.poll(() => given(namespace, 'c'), patience).toEqual([outputs])
    await start(namespace, 'b')
    await caughtUp()
    expect((await states(namespace, 'c')).length).toBe(1)
    await start(namespace, 'a')
    await expect.poll(async () => (await states(namespace, 'c')).length, patience).toBe(2)
    expect((await row(namespace, 'c')).state).toEqual({ joints: {} })
  })

  test('that came in a window that has passed count no more', async () => {
    const namespace = 'passed'
    await save({ namespace, id: 'a' })
    await save({ namespace, id: 'b' })
    await save({ namespace, id: 'c', trigger: both(namespace) })
    await start(namespace, 'a')
    await caughtUp()
    await moveBack(namespace, 'c', 2)
    await start(namespace, 'b')
    await caughtUp()
    expect(await states(namespace, 'c')).toEqual([])
    await start(namespace, 'a')
    await expect.poll(() => states(namespace, 'c'), patience).toEqual(['SUCCESS'])
  })

  test('count on in their window where it is not reset', async () => {
    const namespace = 'counted'
    await save({ namespace, id: 'a' })
    await save({ namespace, id: 'b' })
    const window = '      resetOnSuccess: false\n      timeWindow: {type: SLIDING_WINDOW, window: PT1H}\n'
    await save({ namespace, id: 'c', trigger: both(namespace, window) })
    for (const id of ['a', 'b', 'b', 'a']) await start(namespace, id)
    await expect.poll(async () => (await states(namespace, 'c')).length, patience).toBe(3)
    await moveBack(namespace, 'c', 1)
    await start(namespace, 'b')
    await caughtUp()
    expect((await states(namespace, 'c')).length).toBe(3)
  })

  test('are told by filters', async () => {
    const namespace = 'filtered.flows'
    await save({ namespace, id: 'sales_daily', rest: 'labels: {tier: gold}\n' })
    await save({ namespace, id: 'costs' })
    const filter = (field: string, type: string, value: string) =>
      `            - {field: ${field}, type: ${type}, ${value}}\n`
    const group = (id: string, operand: string, filters: string[]) =>
      `        - id: ${id}\n          operand: ${operand}\n          filters:\n${filters.join('')}`
    const where = [
      group('sales', 'AND', [
        filter('NAMESPACE', 'STARTS_WITH', 'value: filtered'),
        filter('FLOW_ID', 'REGEX', 'value: "sales_.*"'),
        filter('EXPRESSION', 'IS_TRUE', `value: "{{ labels.tier == 'gold' }}"`),
        filter('STATE', 'IN', 'values: [SUCCESS, WARNING]'),
      ]),
      group('costs', 'OR', [
        filter('FLOW_ID', 'EQUAL_TO', 'value: costs'),
        filter('FLOW_ID', 'EQUAL_TO', 'value: other'),
      ]),
    ]
    await save({
      namespace,
      id: 'c',
      trigger: `    preconditions:\n      id: filters\n      where:\n${where.join('')}`,
    })
    await start(namespace, 'sales_daily')
    await caughtUp()
    expect(await states(namespace, 'c')).toEqual([])
    await start(namespace, 'costs')
    await expect.poll(() => states(namespace, 'c'), patience).toEqual(['SUCCESS'])
  })

  test('of an older MultipleCondition, which counts only what passes the other conditions', async () => {
    const namespace = 'older'
    await save({ namespace, id: 'a' })
    await save({ namespace, id: 'b', tasks: '  - {id: fail, type: io.kestra.plugin.core.execution.Fail}\n' })
    const type = 'io.kestra.plugin.core.condition'
    const listen = (id: string, states: string) =>
      save({
        namespace,
        id,
        trigger: `    conditions:
      - {type: ${type}.ExecutionStatus, in: [${states}]}
      - type: io.kestra.core.models.conditions.types.MultipleCondition
        id: both
        window: P1D
        conditions:
          a: {type: ${type}.ExecutionFlow, namespace: older, flowId: a}
          b: {type: ${type}.ExecutionFlow, namespace: older, flowId: b}
`,
      })
    await listen('never', 'SUCCESS')
    await listen('always', 'SUCCESS, FAILED')
    await start(namespace, 'a')
    await start(namespace, 'b')
    await expect.poll(() => states(namespace, 'always'), patience).toEqual(['SUCCESS'])
    await caughtUp()
    expect(await states(namespace, 'never')).toEqual([])
  })

  test('as Kestra 2 says it: all, any, or at least some', async () => {
    const namespace = 'newer.flows'
    for (const id of ['a', 'b', 'c']) await save({ namespace, id, rest: out(id) })
    const depends = ['a', 'b', 'c'].map(id => `      - {namespace: ${namespace}, flowId: ${id}, states: [SUCCESS]}\n`)
    const listen = (id: string, more = '') =>
      save({
        namespace,
        id,
        tasks: `  - {id: out, type: io.kestra.plugin.core.debug.Return, format: "{{ trigger.outputs.newer.flows.a.a ?? '-' }} {{ trigger.outputs['newer.flows'].b.b ?? '-' }}"}\n`,
        trigger: `${more}    dependsOn:\n${depends.join('')}`,
      })
    await listen('all')
    await listen('any', '    mode: ANY\n    window: {lookback: PT1H}\n')
    await listen('two', '    mode: AT_LEAST\n    minSatisfied: 2\n    window: {every: P1D, fireOnce: true}\n')
    const outputs = async (id: string) => {
      const recorded = await Promise.all((await started(namespace, id)).map(({ id: each }) => engine.read(each)))
      return recorded.map(({ taskRuns }) => (taskRuns[0]!.outputs as { value: string }).value)
    }
    for (const id of ['a', 'b', 'c']) await start(namespace, id)
    await expect.poll(() => outputs('all'), patience).toEqual(['of-a of-b'])
    expect((await outputs('any')).length).toBe(3)
    expect(await outputs('two')).toEqual(['of-a of-b'])
  })
})

test('flows that start each other without end are cut, and the trigger says why', async () => {
  const namespace = 'circle'
  const next = (flowId: string) =>
    `    conditions:\n      - {type: io.kestra.plugin.core.condition.ExecutionLabels, labels: {next: ${flowId}}}\n`
  await save({ namespace, id: 'a', rest: 'labels: {next: b}\n', trigger: next('a') })
  await save({ namespace, id: 'b', rest: 'labels: {next: a}\n', trigger: next('b') })
  await start(namespace, 'a')
  await expect
    .poll(async () => (await row(namespace, 'b')).error, patience)
    .toContain('the loop circle.b -> circle.a -> circle.b')
  await caughtUp()
  expect((await started(namespace, 'a')).length).toBe(11)
  expect((await started(namespace, 'b')).length).toBe(10)
})

test('what happened while no worker ran is followed once, by whichever of several comes first', async () => {
  const namespace = 'once'
  await save({ namespace, id: 'a' })
  const sleep = '  - {id: wait, type: io.kestra.plugin.core.flow.Sleep, duration: PT0.1S}\n'
  await save({ namespace, id: 'b', tasks: sleep, trigger: onEndOf(namespace, 'a') })
  await engine.stop()
  const ids = await Promise.all(Array.from({ length: 12 }, () => start(namespace, 'a')))
  expect(await engine.db.executionEvent.count()).toBe(12)
  const [first, second] = await Promise.all([Engine.start(kit.engine), Engine.start(kit.engine)])
  engine = first
  try {
    await expect.poll(() => states(namespace, 'b'), patience).toEqual(Array(12).fill('SUCCESS'))
    const followed = (await started(namespace, 'b')).map(
      ({ trigger }) => (trigger as { variables: { executionId: string } }).variables.executionId,
    )
    expect(followed.sort()).toEqual(ids.map(({ id }) => id).sort())
  } finally {
    await second.stop()
  }
})
