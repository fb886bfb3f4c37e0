import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rewriteFlow } from '#language/dialects/rewrite-flow'
import { type FreshDatabase, freshDatabase } from '../../../test/harness/database'
import { Engine, type RecordedExecution } from '../../../test/harness/engine'
import { freshNamespace } from '../../../test/harness/namespace'

let database: FreshDatabase
let engine: Engine

beforeAll(async () => {
  database = await freshDatabase()
  const { address, namespace } = await freshNamespace()
  const { url: databaseUrl, tenantId } = database
  engine = await Engine.start({ databaseUrl, tenantId, temporalAddress: address, namespace })
})

afterAll(async () => {
  await engine?.stop()
  await database?.drop()
})

const core = 'io.kestra.plugin.core'
const returns = (id: string, format: string) => `{id: ${id}, type: ${core}.debug.Return, format: "${format}"}`

function run(id: string, body: string): Promise<RecordedExecution> {
  return engine.run(`id: ${id}\nnamespace: company.team\n${body}\n`)
}

function outputsOf(execution: RecordedExecution, taskId: string): unknown {
  return execution.taskRuns.find(taskRun => taskRun.taskId === taskId)?.outputs
}

function statesOf(execution: RecordedExecution): string[] {
  return execution.taskRuns.map(({ taskId, value, state }) => `${taskId}${value === null ? '' : `[${value}]`} ${state}`)
}

describe('Loop', () => {
  test('runs equal values apart, each with outputs of its own, and hands out what is declared', async () => {
    const execution = await run(
      'loop',
      `tasks:
  - ${returns('before', 'b')}
  - id: loop
    type: ${core}.flow.Loop
    values: [x, y, x]
    outputs:
      - {id: made, type: STRING, value: "{{ outputs.second.value }}"}
      - {id: number, type: INT, value: "{{ item.index + 1 }}"}
    tasks:
      - ${returns('first', '{{ outputs.before.value }}{{ item.value }}{{ item.index }}')}
      - ${returns('second', '{{ outputs.first.value }}!')}
  - ${returns('after', "{{ loopOutputs(outputs.loop.outputs, 'made') | join(' ') }} {{ outputs.first is defined }}")}`,
    )
    expect(execution.state).toBe('SUCCESS')
    expect(statesOf(execution)).toEqual([
      'before SUCCESS',
      'loop SUCCESS',
      'first[x] SUCCESS',
      'second[x] SUCCESS',
      'first[y] SUCCESS',
      'second[y] SUCCESS',
      'first[x] SUCCESS',
      'second[x] SUCCESS',
      'after SUCCESS',
    ])
    expect(outputsOf(execution, 'loop')).toEqual({
      iterationCount: 3,
      runningIterations: 0,
      terminatedIterations: 3,
      outputs: [
        { item: { value: 'x', iteration: 0 }, outputs: { made: 'bx0!', number: 1 } },
        { item: { value: 'y', iteration: 1 }, outputs: { made: 'by1!', number: 2 } },
        { item: { value: 'x', iteration: 2 }, outputs: { made: 'bx2!', number: 3 } },
      ],
    })
    expect(outputsOf(execution, 'after')).toEqual({ value: 'bx0! by1! bx2! false' })
  })

  test('tells tasks at any depth of their item and of those around, with the keys of a map', async () => {
    const execution = await run(
      'loop-in-loop',
      `tasks:
  - id: outer
    type: ${core}.flow.Loop
    values: {k: {n: 1}, l: 2}
    outputs:
      - {id: inner, type: JSON, value: "{{ loopOutputs(outputs.inner.outputs, 'it') }}"}
    tasks:
      - id: inner
        type: ${core}.flow.Loop
        values: '["a", "b"]'
        concurrencyLimit: 0
        outputs:
          - {id: it, type: STRING, value: "{{ outputs.deep.value ?? outputs.other.value }}"}
        tasks:
          - id: held
            type: ${core}.flow.If
            condition: "{{ item.value == 'a' }}"
            then:
              - ${returns('deep', '{{ item.parent.key }}{{ item.parent.value }}{{ item.value }}')}
            else:
              - ${returns('other', '{{ item.parents[0].index }}')}`,
    )
    expect(execution.logs).toEqual([])
    expect(execution.state).toBe('SUCCESS')
    expect(outputsOf(execution, 'outer')).toMatchObject({
      outputs: [
        { item: { key: 'k', value: '{"n":1}' }, outputs: { inner: ['k{"n":1}a', '0'] } },
        { item: { key: 'l', value: '2' }, outputs: { inner: ['l2a', '1'] } },
      ],
    })
  })

  test('fails with an iteration, or goes on where failures are not transmitted', async () => {
    const loop = (rest: string) => `tasks:
  - id: loop
    type: ${core}.flow.Loop
    values: [good, bad, better]
    outputs: [{id: it, type: STRING, value: "{{ item.value }}"}]
${rest}
    tasks:
      - {id: fragile, type: ${core}.execution.Fail, when: "{{ item.value == 'bad' }}"}`
    const failed = await run('loop-failed', loop('    transmitFailed: true'))
    expect(statesOf(failed)).toEqual(['loop FAILED', 'fragile[good] SKIPPED', 'fragile[bad] FAILED'])
    const forgiving = await run('loop-forgiving', loop('    transmitFailed: false'))
    expect(forgiving.state).toBe('SUCCESS')
    expect(statesOf(forgiving)).toEqual([
      'loop SUCCESS',
      'fragile[good] SKIPPED',
      'fragile[bad] FAILED',
      'fragile[better] SKIPPED',
    ])
    expect(outputsOf(forgiving, 'loop')).toMatchObject({
      outputs: [{ outputs: { it: 'good' } }, { outputs: { it: 'better' } }],
    })
  })

  test('runs once per line of a file, and stores what it collects as a file', async () => {
    const execution = await run(
      'loop-file',
      `tasks:
  - {id: write, type: ${core}.storage.Write, content: "one\\ntwo\\n"}
  - id: loop
    type: ${core}.flow.Loop
    values: "{{ outputs.write.uri }}"
    outputs: [{id: it, type: STRING, value: "{{ item.value }}{{ item.index }}"}]
    tasks:
      - ${returns('show', '{{ item.value }}')}
  - ${returns('after', '{{ read(outputs.loop.uri) }}')}`,
    )
    expect(execution.state).toBe('SUCCESS')
    expect(outputsOf(execution, 'loop')).toMatchObject({ iterationCount: 2, terminatedIterations: 2 })
    expect(outputsOf(execution, 'after')).toEqual({
      value:
        '{"item":{"value":"one","iteration":0},"outputs":{"it":"one0"}}\n{"item":{"value":"two","iteration":1},"outputs":{"it":"two1"}}\n',
    })
  })

  test('says the same as the ForEach that it was rewritten from', async () => {
    const forEach = `id: said-twice
namespace: company.team
tasks:
  - id: each
    type: ${core}.flow.ForEach
    values: ["a", "b"]
    concurrencyLimit: 1
    tasks:
      - ${returns('one', '{{ taskrun.value }}{{ taskrun.iteration }}')}
      - id: if
        type: ${core}.flow.If
        condition: "{{ taskrun.value == 'a' }}"
        then:
          - ${returns('deep', '{{ outputs.one[parent.taskrun.value].value }} in {{ parent.taskrun.value }}')}
`
    const { text, left } = rewriteFlow(forEach, 'toNew')
    expect(left).toEqual([])
    expect(text).toContain('flow.Loop')
    const [before, after] = [await engine.run(forEach), await engine.run(text)]
    const shown = (execution: RecordedExecution) =>
      execution.taskRuns
        .filter(({ taskId }) => taskId !== 'each')
        .map(({ taskId, value, state, outputs }) => ({ taskId, value, state, outputs }))
    expect(after.state).toBe('SUCCESS')
    expect(shown(after)).toEqual(shown(before))
  })

  test('runs thousands of iterations in one walk', async () => {
    const execution = await run(
      'loop-large',
      `tasks:
  - id: loop
    type: ${core}.flow.Loop
    values: "{{ range(1, 2000) }}"
    concurrencyLimit: 0
    outputs: [{id: it, type: STRING, value: "{{ outputs.double.value }}"}]
    tasks:
      - ${returns('double', '{{ (item.value | number) * 2 }}')}
  - ${returns('after', "{{ loopOutputs(outputs.loop.outputs, 'it') | last }}")}`,
    )
    expect(execution.state).toBe('SUCCESS')
    expect(outputsOf(execution, 'after')).toEqual({ value: '4000' })
    expect(execution.taskRuns).toHaveLength(2002)
  })

  test('stores outputs that are too large to hand out, and says so where they are to be fetched', async () => {
    const loop = (fetchType: string) => `tasks:
  - id: loop
    type: ${core}.flow.Loop
    values: "{{ range(1, 12) }}"
    fetchType: ${fetchType}
    outputs: [{id: it, type: STRING, value: "{{ range(1, 20000) | join('-') }}"}]
    tasks:
      - ${returns('one', 'x')}
  - {id: size, type: ${core}.storage.Size, runIf: "{{ outputs.loop.uri is defined }}", uri: "{{ outputs.loop.uri }}"}`
    const stored = await run('loop-stored', loop('STORE'))
    expect(stored.state).toBe('SUCCESS')
    expect(outputsOf(stored, 'size')).toMatchObject({ size: expect.any(Number) })
    expect((outputsOf(stored, 'size') as { size: number }).size).toBeGreaterThan(12 * 100_000)
    const fetched = await run('loop-fetched', loop('FETCH'))
    expect(fetched.state).toBe('FAILED')
    expect(fetched.logs.map(({ message }) => message).join()).toContain('take fetchType: STORE')
  })

  test('fails with the cause where its values are none', async () => {
    const execution = await run(
      'loop-broken',
      `tasks:
  - id: loop
    type: ${core}.flow.Loop
    values: "{{ 40 + 2 }}"
    tasks:
      - ${returns('show', '{{ item.value }}')}`,
    )
    expect(execution.state).toBe('FAILED')
    expect(execution.logs.map(({ message }) => message).join()).toContain('values is no list and no map')
  })
})
