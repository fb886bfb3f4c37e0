import { describe, expect, test } from 'vitest'
import { catalog } from '#catalog/manifests'
import { compile } from './compile'
import type { PluginDefault } from './flow'
import { parseFlow } from './parse'
import type { Plan, Step } from './plan'

const core = 'io.kestra.plugin.core'

function plan(body: string, namespaceDefaults: PluginDefault[] = []): Plan {
  const { flow, source, diagnostics } = parseFlow(`id: a\nnamespace: b.c\n${body}`, catalog)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  return compile(flow!, catalog, { source, namespaceDefaults, revision: 3 })
}

/** `id:kind(children)` */
function outline(steps: Step[] = []): string {
  return steps
    .map(step => {
      const held = 'steps' in step ? [...step.steps] : []
      if (step.kind === 'if') held.push(...(step.otherwise ?? []))
      if (step.kind === 'switch') held.push(...Object.values(step.cases).flat(), ...(step.defaults ?? []))
      return `${step.id}:${step.kind}${held.length > 0 ? `(${outline(held)})` : ''}`
    })
    .join(' ')
}

const log = (id: string, extra = '') => `{id: ${id}, type: ${core}.log.Log, message: x${extra}}`

describe('kinds of steps', () => {
  test.each([
    ['pure', `tasks: [${log('a')}]`, 'a:pure'],
    ['activity', `tasks: [{id: a, type: ${core}.http.Download, uri: "http://x"}]`, 'a:activity'],
    ['disabled', `tasks: [${log('a')}, ${log('b', ', disabled: true')}]`, 'a:pure'],
    ['old name', 'tasks: [{id: a, type: io.kestra.core.tasks.log.Log, message: x}]', 'a:pure'],
    ['sequential', `tasks: [{id: s, type: ${core}.flow.Sequential, tasks: [${log('a')}]}]`, 's:sequential(a:pure)'],
    ['parallel', `tasks: [{id: p, type: ${core}.flow.Parallel, tasks: [${log('a')}]}]`, 'p:parallel(a:pure)'],
    [
      'if',
      `tasks: [{id: i, type: ${core}.flow.If, condition: "{{ true }}", then: [${log('a')}], else: [${log('b')}]}]`,
      'i:if(a:pure b:pure)',
    ],
    [
      'switch',
      `tasks: [{id: s, type: ${core}.flow.Switch, value: x, cases: {x: [${log('a')}]}, defaults: [${log('b')}]}]`,
      's:switch(a:pure b:pure)',
    ],
    [
      'each',
      `tasks: [{id: e, type: ${core}.flow.EachParallel, value: [1], tasks: [${log('a')}]}]`,
      'e:forEach(a:pure)',
    ],
    [
      'wait for',
      `tasks: [{id: w, type: ${core}.flow.WaitFor, condition: "{{ true }}", tasks: [${log('a')}]}]`,
      'w:loopUntil(a:pure)',
    ],
    ['pause', `tasks: [{id: p, type: ${core}.flow.Pause}]`, 'p:pause'],
    ['sleep', `tasks: [{id: s, type: ${core}.flow.Sleep, duration: PT1S}]`, 's:sleep'],
    ['subflow', `tasks: [{id: s, type: ${core}.flow.Subflow, namespace: x, flowId: y}]`, 's:subflow'],
  ])('%s', (_name, body, expected) => {
    expect(outline(plan(body).steps)).toBe(expected)
  })

  test('a Dag keeps who waits for whom, without those that are disabled', () => {
    const [dag] = plan(`tasks:
  - id: d
    type: ${core}.flow.Dag
    tasks:
      - task: ${log('a')}
      - task: ${log('b', ', disabled: true')}
      - {task: ${log('c')}, dependsOn: [a, b]}`).steps
    expect(dag).toMatchObject({ kind: 'dag', dependsOn: { a: [], c: ['a'] } })
  })
})

describe('defaults of plugins', () => {
  const defaults = (forced: boolean, type = `${core}.log.Log`) => `
pluginDefaults:
  - {type: ${type}, forced: ${forced}, values: {level: WARN}}
tasks:
  - {id: a, type: ${core}.log.Log, message: x, level: ERROR}
  - {id: b, type: ${core}.log.Log, message: x}`
  const levels = (compiled: Plan) => compiled.steps.map(step => step.kind === 'pure' && step.properties.level)

  test.each([
    ['the task wins', defaults(false), ['ERROR', 'WARN']],
    ['a forced default wins', defaults(true), ['WARN', 'WARN']],
    ['a prefix counts', defaults(false, `${core}.log`), ['ERROR', 'WARN']],
    ['another prefix does not', defaults(false, `${core}.lo`), ['ERROR', undefined]],
  ])('%s', (_name, body, expected) => {
    expect(levels(plan(body))).toEqual(expected)
  })

  test('those of the flow win over those of the namespace, and maps merge', () => {
    const namespaceDefaults = [
      { type: `${core}.output.OutputValues`, forced: false, values: { values: { a: 'namespace', b: 'namespace' } } },
    ]
    const [step] = plan(
      `pluginDefaults:
  - {type: ${core}.output.OutputValues, values: {values: {b: flow, c: flow}}}
tasks:
  - {id: a, type: ${core}.output.OutputValues, values: {c: task}}`,
      namespaceDefaults,
    ).steps
    expect(step).toMatchObject({ properties: { values: { a: 'namespace', b: 'flow', c: 'task' } } })
  })
})

describe('retries', () => {
  const boom = (retry: string) => `{id: a, type: ${core}.execution.Fail${retry}}`

  test.each([
    [
      'constant',
      'type: constant, interval: PT1.5S, maxAttempts: 3',
      { type: 'constant', intervalMs: 1500, maxAttempts: 3 },
    ],
    [
      'exponential',
      'type: exponential, interval: PT1S, maxInterval: PT1M',
      { type: 'exponential', intervalMs: 1000, maxIntervalMs: 60_000, delayFactor: 2 },
    ],
    [
      'random',
      'type: random, minInterval: PT1S, maxInterval: PT2S, maxDuration: PT1H',
      { type: 'random', intervalMs: 1000, maxIntervalMs: 2000, maxDurationMs: 3_600_000 },
    ],
  ])('%s', (_name, retry, expected) => {
    const [step] = plan(`tasks: [${boom(`, retry: {${retry}}`)}]`).steps
    expect(step).toMatchObject({ retry: { ...expected, behavior: 'RETRY_FAILED_TASK' } })
  })

  test('a leaf without one takes that of its nearest holder, or of the flow', () => {
    const held = `{id: s, type: ${core}.flow.Sequential, retry: {type: constant, interval: PT2S}, tasks: [${boom('')}]}`
    const compiled = plan(
      `retry: {type: constant, interval: PT1S}\ntasks: [${held}, ${boom('').replace('id: a', 'id: b')}]`,
    )
    const [holder, leaf] = compiled.steps
    expect(holder).toMatchObject({ steps: [{ retry: { intervalMs: 2000 } }] })
    expect(leaf).toMatchObject({ retry: { intervalMs: 1000 } })
  })
})

describe('what expressions need', () => {
  const returns = (format: string) =>
    plan(
      `inputs: [{id: x, type: STRING}]\ntasks: [${log('before')}, {id: a, type: ${core}.debug.Return, format: "${format}"}]`,
    ).steps[1]

  test.each([
    ['{{ inputs.x }}', { reads: [] }, false],
    ['{{ outputs.before.value ?? 1 }}', { reads: ['before'] }, false],
    ["{{ inputs.x | jq('.a') }}", { reads: [] }, true],
    ["{{ kv('k') }}", { reads: [] }, true],
    ['{{ envs.home }}', { reads: [] }, true],
  ])('%s', (format, expected, impure) => {
    const step = returns(format)
    expect(step).toMatchObject(expected)
    expect(step?.kind === 'pure' && step.impure === true).toBe(impure)
  })

  test('a text rendered at run time may read anything', () => {
    expect(returns('{{ render(inputs.x) }}')?.reads).toBeUndefined()
  })
})

test('a plan names its revision and the lines of its tasks', () => {
  const compiled = plan(`tasks:\n  - ${log('a')}\n  - ${log('b')}`)
  expect(compiled).toMatchObject({ version: 1, flow: { namespace: 'b.c', id: 'a', revision: 3 } })
  expect(compiled.steps.map(({ line }) => line)).toEqual([4, 5])
})
