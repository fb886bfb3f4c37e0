import { describe, expect, it } from 'vitest'
import { catalog } from '#catalog/manifests'
import { compile } from '../compile'
import { parseFlow } from '../parse'

const core = 'io.kestra.plugin.core'
const head = 'id: test\nnamespace: company.team\n'
const log = `  - id: a\n    type: ${core}.log.Log\n    message: x\n`
const trigger = (rest: string) => `tasks:\n${log}triggers:\n  - {id: t, type: ${core}.trigger.${rest}}\n`

function warnings(text: string): string[] {
  const { diagnostics } = parseFlow(head + text, catalog)
  return diagnostics.map(({ code, severity, range }) => `${severity} ${code} ${range.line}:${range.column}`)
}

describe('the words of Kestra 1 run, with a warning where Kestra 2 has others', () => {
  it.each<[name: string, text: string, place: string]>([
    ['runIf', `tasks:\n${log}    runIf: x\n`, '7:5'],
    ['the condition of a check', `tasks:\n${log}checks:\n  - {message: x, condition: y}\n`, '8:18'],
    ['the type of an input', `inputs:\n  - {id: a, type: BOOLEAN}\ntasks:\n${log}`, '4:19'],
    ['json()', `tasks:\n${log.replace('x', `"{{ json('1') }}"`)}`, '6:18'],
    ['| json', `tasks:\n${log.replace('x', '"{{ 1 | json }}"')}`, '6:22'],
    ['conditions', trigger(`Webhook, key: x, conditions: [{type: ${core}.condition.Weekend}]`), '8:66'],
    ['a worker group', `tasks:\n${log}    workerGroup: {key: x}\n`, '7:5'],
    [
      'ForEach',
      `tasks:\n  - id: e\n    type: ${core}.flow.ForEach\n    values: [x]\n    tasks: [{id: a, type: ${core}.log.Log, message: x}]\n`,
      '5:11',
    ],
    ['defaults of plugins', `tasks:\n${log}pluginDefaults: [{type: ${core}.log, values: {level: WARN}}]\n`, '7:1'],
    ['CANCELED', `tasks:\n  - {id: a, type: ${core}.execution.Exit, state: CANCELED}\n`, '4:64'],
  ])('%s', (_, text, place) => expect(warnings(text)).toEqual([`warning OLDER_DIALECT ${place}`]))
})

describe('the words of Kestra 2 run, too', () => {
  it.each<[name: string, text: string]>([
    ['when', `tasks:\n${log}    when: "{{ true }}"\n`],
    ['the when of a check', `tasks:\n${log}checks:\n  - {message: x, when: y}\n`],
    ['the when of a trigger', trigger('Schedule, cron: "@daily", when: "{{ not isWeekend(trigger.date) }}"')],
    [
      'dependsOn',
      trigger(
        'Flow, dependsOn: [{namespace: company.team, flowId: a, states: [SUCCESS], when: "{{ true }}"}, {flowId: b}], window: {every: P1D}, mode: AT_LEAST, minSatisfied: 1',
      ),
    ],
    ['a deadline', trigger('Flow, dependsOn: [{flowId: b}], window: {deadline: "09:00:00+01:00"}, mode: ANY')],
    ['a worker selector', `tasks:\n${log}    workerSelector: {tags: [gpu], match: ALL, fallback: WAIT}\n`],
    [
      'Loop',
      `tasks:\n  - id: l\n    type: ${core}.flow.Loop\n    values: {a: 1}\n    fetchType: FETCH\n    outputs: [{id: o, type: STRING, value: "{{ outputs.r.value }}"}]\n    tasks: [{id: r, type: ${core}.debug.Return, format: "{{ item.key }}"}]\n  - {id: after, type: ${core}.log.Log, message: "{{ loopOutputs(outputs.l.outputs, 'o') }}"}\n`,
    ],
  ])('%s', (_, text) => expect(warnings(text)).toEqual([]))

  it('finds an output that stays inside a Loop', () => {
    const text = `tasks:\n  - id: l\n    type: ${core}.flow.Loop\n    values: [1]\n    tasks: [{id: r, type: ${core}.debug.Return, format: x}]\n  - {id: after, type: ${core}.log.Log, message: "{{ outputs.r.value }}"}\n`
    const { diagnostics } = parseFlow(head + text, catalog)
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'UNKNOWN_VARIABLE task "r" runs inside the Loop "l"; what is read after it stands in its "outputs"',
    ])
  })

  it('compiles when as runIf', () => {
    const { flow } = parseFlow(`${head}tasks:\n${log}    when: "{{ inputs.x }}"\n`, catalog)
    expect(compile(flow!, catalog).steps[0]?.runIf).toEqual({ raw: '{{ inputs.x }}' })
  })
})
