import { describe, expect, test } from 'vitest'
import { catalog } from '#catalog/manifests'
import { compile } from './compile'
import type { PluginDefault } from './flow'
import type { JsonObject } from './json'
import { parseFlow } from './parse'
import type { Plan, Step } from './plan'

const core = 'io.kestra.plugin.core'

function plan(body: string, pluginDefaults: PluginDefault[][] = [], variables: JsonObject = {}): Plan {
  const options = { namespaceDefaults: pluginDefaults }
  const { flow, source, diagnostics } = parseFlow(`id: a\nnamespace: b.c\n${body}`, catalog, options)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  return compile(flow!, catalog, { source, namespace: { pluginDefaults, variables }, revision: 3 })
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
      [namespaceDefaults],
    ).steps
    expect(step).toMatchObject({ properties: { values: { a: 'namespace', b: 'flow', c: 'task' } } })
  })
})

describe('defaults of namespaces', () => {
  const level = (value: string, forced = false, type = `${core}.log.Log`): PluginDefault[] => [
    { type, forced, values: { level: value } },
  ]
  const own = (forced: boolean, written = '') =>
    `pluginDefaults: [{type: ${core}.log.Log, forced: ${forced}, values: {level: WARN}}]\ntasks: [${log('a', written)}]`
  const bare = `tasks: [${log('a')}]`

  test.each<[string, string, PluginDefault[][], string]>([
    ['the nearest wins', bare, [level('TRACE'), level('DEBUG')], 'DEBUG'],
    ['the flow wins over all', own(false), [level('TRACE'), level('DEBUG')], 'WARN'],
    ['the task wins over the flow', own(false, ', level: ERROR'), [level('TRACE')], 'ERROR'],
    ['what one forces wins over the task', own(false, ', level: ERROR'), [level('TRACE', true)], 'TRACE'],
    ['what the outermost forces wins over all', own(true), [level('TRACE', true), level('DEBUG', true)], 'TRACE'],
    ['also by a prefix', own(true), [level('TRACE', true, core)], 'TRACE'],
  ])('%s', (_name, body, pluginDefaults, expected) => {
    expect(plan(body, pluginDefaults).steps[0]).toMatchObject({ properties: { level: expected } })
  })

  test('a property that one gives is not missed', () => {
    const given = [{ type: `${core}.debug.Return`, forced: false, values: { format: 'x' } }]
    expect(
      plan(`tasks: [{id: a, type: ${core}.flow.Sleep}]`, [
        [{ type: `${core}.flow`, forced: false, values: { duration: 'PT1S' } }],
        given,
      ]).steps,
    ).toHaveLength(1)
  })
})

describe('variables of namespaces', () => {
  const show = (text: string) => `tasks: [{id: a, type: ${core}.log.Log, message: "${text}"}]`

  test.each([
    ['{{ namespace.x }}', { x: 1 }],
    ["{{ namespace['x'] }}", { x: 1 }],
    ['{{ render(vars.x) }}', { x: 1 }],
    ['{{ flow.namespace }}!', { x: 1 }],
    ['no template', undefined],
  ])('%s takes along %j', (text, expected) => {
    const compiled = plan(show(text), [], { x: 1 })
    expect(compiled.namespaceVariables).toEqual(expected)
    expect(compiled.steps[0]).not.toHaveProperty('impure')
  })

  test('none are taken where there are none', () => {
    expect(plan(show('{{ namespace.x ?? 1 }}'))).not.toHaveProperty('namespaceVariables')
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
    expect(holder).toMatchObject({ steps: [{ retry: { intervalMs: 2000, inherited: true } }] })
    expect(leaf).toMatchObject({ retry: { intervalMs: 1000, inherited: true } })
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
