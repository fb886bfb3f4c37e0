import { describe, expect, it } from 'vitest'
import { catalog } from '#catalog/manifests'
import { parseFlow } from '../parse'

const core = 'io.kestra.plugin.core'

function problemsOf(flow: object): { code: string; severity: string; message: string }[] {
  const { diagnostics } = parseFlow(JSON.stringify({ id: 'test', namespace: 'company.team', ...flow }), catalog)
  return diagnostics.filter(({ code }) => code !== 'OLDER_DIALECT' && code !== 'DEPRECATED')
}

/** Codes; warnings start with `~`. */
function codesOf(flow: object): string[] {
  return problemsOf(flow).map(({ code, severity }) => `${severity === 'warning' ? '~' : ''}${code}`)
}

const returns = (id: string, format: string, rest: object = {}) => ({
  id,
  type: `${core}.debug.Return`,
  format,
  ...rest,
})
const log = (id: string, message: string, rest: object = {}) => ({ id, type: `${core}.log.Log`, message, ...rest })

/** Built from entries: an object literal with a `then` looks like a promise to the linter. */
const ifTask = (condition: string, ...held: object[]) =>
  Object.fromEntries([
    ['id', 'i'],
    ['type', `${core}.flow.If`],
    ['condition', condition],
    ['then', held],
  ])

const inputs = [
  { id: 'name', type: 'STRING' },
  { id: 'count', type: 'INT' },
  { id: 'flag', type: 'BOOL' },
  { id: 'names', type: 'ARRAY', itemType: 'STRING' },
  { id: 'data', type: 'JSON' },
  { id: 'db.host', type: 'STRING' },
  { id: 'day', type: 'DATE' },
]
const before = [
  returns('first', 'x'),
  { id: 'query', type: 'io.kestra.plugin.jdbc.duckdb.Query', sql: 'SELECT 1', fetchType: 'FETCH' },
  { id: 'request', type: `${core}.http.Request`, uri: 'https://example.com' },
  { id: 'files', type: 'io.kestra.plugin.scripts.shell.Commands', commands: ['ls'] },
  { id: 'kept', type: `${core}.output.OutputValues`, values: { total: '{{ 1 }}' } },
]
const variables = { region: 'eu', sizes: [1, 2], db: { host: 'h' }, nested: '{{ inputs.name }}' }

/** Problems of a template in the message of a task that stands after those above. */
const reading = (message: string, rest: object = {}) => ({
  inputs,
  variables,
  labels: { team: 'a' },
  tasks: [...before, log('last', message, rest)],
})

describe('types followed through inputs, variables and declared outputs', () => {
  it.each<[template: string, expected: string[]]>([
    ['{{ inputs.name | upper }}', []],
    ['{{ inputs.names | upper }}', ['WRONG_TYPE']],
    ['{{ inputs.names | first | upper }}', []],
    ['{{ inputs.names[0] | upper }}', []],
    ['{{ inputs.names.size }}', ['~UNKNOWN_VARIABLE']],
    ['{{ inputs.count | upper }}', []],
    ['{{ inputs.count | number }}', ['WRONG_TYPE']],
    ['{{ inputs.name | join(",") }}', ['WRONG_TYPE']],
    ['{{ inputs.count + 1 > 2 }}', []],
    ['{{ inputs.name > 2 }}', ['WRONG_TYPE']],
    ['{{ (inputs.name | number) > 2 }}', []],
    ['{{ inputs.name - 1 }}', ['WRONG_TYPE']],
    ['{{ inputs.name + 1 }}', []],
    ['{{ inputs.names is even }}', ['WRONG_TYPE']],
    ['{{ inputs.names ? 1 : 2 }}', ['WRONG_TYPE']],
    ['{{ not inputs.flag and inputs.count }}', []],
    ['{% for n in inputs.count %}{% endfor %}', ['WRONG_TYPE']],
    ['{% for n in inputs.names %}{{ n | upper }}{{ loop.index }}{% endfor %}', []],
    ['{% for n in inputs.names %}{{ n | join }}{% endfor %}', ['~WRONG_TYPE']],
    ['{% set n = inputs.names %}{{ n | upper }}', ['WRONG_TYPE']],
    ['{% filter upper %}x{% endfilter %}', []],
    ['{% filter abs %}x{% endfilter %}', ['WRONG_TYPE']],
    ['{{ inputs.name.first }}', ['~UNKNOWN_VARIABLE']],
    ['{{ inputs.db.host }}', []],
    ['{{ inputs.db.hots }}', ['~UNKNOWN_VARIABLE']],
    ['{{ inputs.nome }}', ['~UNKNOWN_VARIABLE']],
    ['{{ vars.region | upper }}', []],
    ['{{ vars.sizes | upper }}', ['WRONG_TYPE']],
    ['{{ vars.db.hots }}', ['~UNKNOWN_VARIABLE']],
    ['{{ vars.regoin }}', ['~UNKNOWN_VARIABLE']],
    ['{{ render(vars.nested) | upper }}', []],
    ['{{ labels.team }}', []],
    ['{{ labels.taem }}', ['~UNKNOWN_VARIABLE']],
    ['{{ labels.system.correlationId }}', []],
    ['{{ outputs.first.value | upper }}', []],
    ['{{ outputs.first.valeu }}', ['UNKNOWN_VARIABLE']],
    ['{{ outputs.first.elsewhere }}', ['~UNKNOWN_VARIABLE']],
    ['{{ outputs.first.value.deeper }}', ['UNKNOWN_VARIABLE']],
    ['{{ fromJson(outputs.first.value).deeper }}', []],
    ['{{ outputs.query.rows | upper }}', ['WRONG_TYPE']],
    ['{{ outputs.query.rows[0].anything }}', []],
    ['{{ outputs.query.size > 0 }}', []],
    ['{{ outputs.query.sizes > 0 }}', ['UNKNOWN_VARIABLE']],
    ['{{ outputs.files.exitCode == 0 }}', []],
    ['{{ outputs.files.vars.anything.deep }}', []],
    ['{{ outputs.files.outputFiles["a.csv"] }}', []],
    ['{{ outputs.files.outputFiles["a.csv"] | abs }}', ['WRONG_TYPE']],
    ['{{ outputs.kept.values.total }}', []],
    ['{{ outputs.kept.values.totl }}', ['UNKNOWN_VARIABLE']],
    ['{{ outputs.request.code + 1 }}', []],
    ['{{ flow.revison }}', ['~UNKNOWN_VARIABLE']],
    ['{{ execution.id | upper }}', []],
    ['{{ taskrun.value }}', ['~UNKNOWN_VARIABLE']],
    ['{{ item.value }}', ['~UNKNOWN_VARIABLE']],
    ['{{ parent.taskrun.value }}', ['~UNKNOWN_VARIABLE']],
    ['{{ tasks.first.state }}', []],
    ['{{ tasks.frist.state }}', ['~UNKNOWN_VARIABLE']],
    ['{{ nothing }}', ['~UNKNOWN_VARIABLE']],
    ['{{ ouputs.first.value }}', ['~UNKNOWN_VARIABLE']],
  ])('%s', (template, expected) => expect(codesOf(reading(template))).toEqual(expected))
})

describe('what only the run can tell is never a problem', () => {
  it.each<[template: string]>([
    ['{{ inputs.data | upper }}'],
    ['{{ inputs.data.anything.deep[0] }}'],
    ['{{ inputs.day | upper }}'],
    ['{{ outputs.request.body.items | upper }}'],
    ['{{ outputs.request.body | first | join }}'],
    ["{{ outputs.request.headers['content-type'] | first | upper }}"],
    ["{{ inputs.data | jq('.a') | first | upper }}"],
    ["{{ kv('key').anything | upper }}"],
    ["{{ secret('A') | upper }}"],
    ["{{ yaml(outputs.first.value)['a'].b }}"],
    ['{{ envs.home }} {{ globals.a.b }} {{ kestra.url }} {{ namespace.anything }}'],
    ['{{ outputs[inputs.name].value }}'],
    ['{{ inputs[vars.region] }}'],
    ['{{ (inputs.flag ? inputs.name : inputs.names) | upper }}'],
    ['{% macro m(a) %}{{ a | upper }}{% endmacro %}{{ m(1) }}'],
    ["{{ inputs.nome ?? 'x' }}"],
    ["{{ outputs.frist.value ?? 'x' }}"],
    ['{{ outputs.frist is defined ? outputs.frist.value : 1 }}'],
    ["{{ vars.sizes | default('x') }}"],
  ])('%s', template => expect(codesOf(reading(template))).toEqual([]))

  it('variables that a task sets', () => {
    const set = { id: 'set', type: `${core}.execution.SetVariables`, variables: { more: 1, region: [1] } }
    const after = log('after', '{{ vars.more }}{{ vars.region | upper }}')
    expect(codesOf({ variables: { region: 'eu' }, tasks: [set, after] })).toEqual([])
  })

  it('labels that a task sets', () => {
    const set = { id: 'set', type: `${core}.execution.Labels`, labels: '{{ vars.all }}' }
    expect(codesOf({ variables: { all: '{}' }, tasks: [set, log('after', '{{ labels.any }}')] })).toEqual([])
  })
})

describe('an error is what fails whenever it is rendered', () => {
  it.each<[name: string, flow: object, expected: string[]]>([
    ['in a branch', reading('{% if inputs.flag %}{{ outputs.nope.x }}{% endif %}'), ['~UNKNOWN_VARIABLE']],
    ['behind and', reading('{{ inputs.flag and outputs.nope.x }}'), ['~UNKNOWN_VARIABLE']],
    [
      'in one arm',
      reading('{{ inputs.flag ? outputs.nope.x : (vars.sizes | upper) }}'),
      ['~UNKNOWN_VARIABLE', '~WRONG_TYPE'],
    ],
    ['as the other choice', reading('{{ inputs.name ?? outputs.nope.x }}'), ['~UNKNOWN_VARIABLE']],
    ['in a task that may fail', reading('{{ outputs.nope.x }}', { allowFailure: true }), ['~UNKNOWN_VARIABLE']],
    ['in a disabled task', reading('{{ vars.sizes | upper }}', { disabled: true }), ['~WRONG_TYPE']],
    ['always, by a name like no other', reading('{{ outputs.nope.x }}'), ['~UNKNOWN_VARIABLE']],
    [
      'always, by a slip',
      { tasks: [returns('first', 'x'), log('b', '{{ outputs.frist.value }}')] },
      ['UNKNOWN_VARIABLE'],
    ],
    [
      'of a disabled task',
      { tasks: [returns('off', 'x', { disabled: true }), log('b', '{{ outputs.off.value }}')] },
      ['~UNKNOWN_VARIABLE'],
    ],
    [
      'asked for by runIf',
      { tasks: [log('b', '{{ outputs.nope.value }}', { runIf: '{{ outputs.nope is defined }}' })] },
      [],
    ],
    [
      'asked for by the If around it',
      {
        tasks: [ifTask('{{ inputs.maybe is defined }}', log('b', '{{ inputs.maybe }}'))],
      },
      [],
    ],
  ])('%s', (_, flow, expected) => expect(codesOf(flow)).toEqual(expected))
})

describe('names and arguments', () => {
  it.each<[template: string, expected: string]>([
    ['{{ "a" | uper }}', 'UNKNOWN_FILTER Unknown filter `uper`; did you mean `upper`?'],
    ['{{ nwo() }}', 'UNKNOWN_FUNCTION Unknown function `nwo`; did you mean `now`?'],
    ['{{ 1 is evn }}', 'EXPRESSION_SYNTAX Unknown test `evn`; did you mean `even`?'],
    ['{{ "a" | upper(1) }}', 'WRONG_ARGUMENTS `upper` takes 0 arguments, got 1'],
    ['{{ "a" | replace }}', 'WRONG_ARGUMENTS `replace` needs the argument `replace_pairs`'],
    [
      '{{ now(zone="UTC") }}',
      'WRONG_ARGUMENTS `now` has no argument named `zone`; it takes `format`, `timeZone`, `existingFormat`, `locale`',
    ],
    ['{{ 1 is equals }}', 'WRONG_ARGUMENTS `equals` needs the argument `value`'],
    ['{{ kv() }}', 'WRONG_ARGUMENTS `kv` needs the argument `key`'],
    ['{{ [1] | upper }}', 'WRONG_TYPE `upper` takes a text or a number or true or false, but `[...]` is a list'],
    ['{{ "a" * 2 }}', 'WRONG_TYPE `*` takes two numbers, but one side is a text'],
  ])('%s', (template, expected) => {
    const found = problemsOf({ tasks: [log('a', template)] }).map(({ code, message }) => `${code} ${message}`)
    expect(found).toEqual([expected])
  })

  it('in variables and defaults of plugins, which may never be rendered', () => {
    const pluginDefaults = [{ type: `${core}.log.Log`, values: { message: '{{ x | uper }}' } }]
    const flow = { variables: { a: '{{ nwo() }}' }, pluginDefaults, tasks: [log('a', 'x')] }
    expect(codesOf(flow)).toEqual(['~UNKNOWN_FUNCTION', '~UNKNOWN_FILTER'])
  })

  it('in triggers', () => {
    const trigger = { id: 't', type: `${core}.trigger.Webhook`, key: 'k', when: '{{ trigger.body | upper(1) }}' }
    expect(codesOf({ tasks: [log('a', 'x')], triggers: [trigger] })).toEqual(['WRONG_ARGUMENTS'])
  })
})

describe('messages name the place and what would fit', () => {
  it.each<[template: string, message: string]>([
    ['{{ outputs.first.valeu }}', '`outputs.first` has no `valeu`; did you mean "value"?'],
    [
      '{{ outputs.first.value.id }}',
      '`outputs.first.value` is a text: nothing is at `id` in it; where it holds JSON, write `fromJson(outputs.first.value)`',
    ],
    ['{{ outputs.frist.value }}', 'the flow has no task "frist"; did you mean "first"?'],
    ['{{ inputs.nmae }}', '`inputs` has no `nmae`; did you mean "name"?'],
    ['{{ inptus.name }}', 'no variable is called "inptus"; did you mean "inputs"?'],
    [
      '{{ inputs.name > 3 }}',
      '`>` compares two numbers or two texts, not a text with a number; turn the text into a number with `| number`',
    ],
    ['{{ item.value }}', '`item` has no `value`: only tasks inside a Loop have an item'],
  ])('%s', (template, message) => expect(problemsOf(reading(template)).map(found => found.message)).toEqual([message]))
})

describe('loops', () => {
  const loop = (kind: string, rest: object, ...tasks: object[]) => ({
    id: kind.toLowerCase(),
    type: `${core}.flow.${kind}`,
    ...rest,
    tasks,
  })
  const each = (...tasks: object[]) => loop('ForEach', { values: ['a', 'b'] }, ...tasks)
  const around = (...tasks: object[]) => loop('Loop', { values: [1] }, ...tasks)
  it.each<[name: string, tasks: object[], expected: string[]]>([
    ['the value and number of a round', [each(log('a', '{{ taskrun.value | upper }}{{ taskrun.iteration + 1 }}'))], []],
    ['a part of the value', [each(log('a', '{{ taskrun.value.id }}'))], ['~UNKNOWN_VARIABLE']],
    ['a part of the value that is JSON', [each(log('a', '{{ fromJson(taskrun.value).id }}'))], []],
    ['a sibling, by value', [each(returns('a', 'x'), log('b', '{{ outputs.a[taskrun.value].value }}'))], []],
    [
      'a misspelt output of a sibling',
      [each(returns('a', 'x'), log('b', '{{ outputs.a[taskrun.value].valeu }}'))],
      ['UNKNOWN_VARIABLE'],
    ],
    [
      'a sibling without the value',
      [each(returns('a', 'x'), log('b', '{{ outputs.a.value }}'))],
      ['~UNKNOWN_VARIABLE'],
    ],
    [
      'a later sibling, which an earlier round may have left',
      [each(log('a', '{{ outputs.b[taskrun.value].value }}'), returns('b', 'x'))],
      [],
    ],
    ['the current one', [each(returns('a', 'x'), log('b', '{{ currentEachOutput(outputs.a).value }}'))], []],
    [
      'from outside, by value',
      [each(returns('a', 'x')), log('b', '{{ outputs.a.b.value }}{{ outputs.a["a"].value | upper }}')],
      [],
    ],
    [
      'in a loop in a loop',
      [
        each(
          loop(
            'EachSequential',
            { value: [1] },
            returns('a', 'x'),
            log('b', '{{ outputs.a[parent.taskrun.value][taskrun.value].value }}'),
          ),
        ),
      ],
      [],
    ],
    ['the item of a Loop', [around(log('a', '{{ item.value.any }}{{ item.index + 1 }}{{ item.key }}'))], []],
    ['a misspelt part of the item', [around(log('a', '{{ item.idx }}'))], ['~UNKNOWN_VARIABLE']],
    ['the parent of an item', [around(log('a', '{{ item.parent.value }}'))], ['~UNKNOWN_VARIABLE']],
    [
      'the parent of an item within two',
      [around(loop('Loop', { values: [1] }, log('a', '{{ item.parent.value }}')))].map(outer => ({
        ...outer,
        id: 'outer',
      })),
      [],
    ],
    [
      'a sibling in a Loop',
      [around(returns('a', 'x'), log('b', '{{ outputs.a.value | upper }}{{ outputs.a.valeu }}'))],
      ['UNKNOWN_VARIABLE'],
    ],
  ])('%s', (_, tasks, expected) => expect(codesOf({ tasks })).toEqual(expected))
})

describe('what started the flow', () => {
  const trigger = (kind: string, rest: object) => ({ id: kind, type: `${core}.trigger.${kind}`, ...rest })
  const schedule = trigger('Schedule', { cron: '@daily' })
  const webhook = trigger('Webhook', { key: 'k' })
  it.each<[name: string, triggers: object[], template: string, expected: string[]]>([
    ['its date', [schedule], '{{ trigger.date }}', []],
    ['what it does not give', [schedule], '{{ trigger.body }}', ['~UNKNOWN_VARIABLE']],
    ["its date by Kestra's older name", [schedule], '{{ schedule.date }}{{ schedule.next ?? 0 }}', []],
    ['misspelt by that name', [schedule], '{{ schedule.dat }}', ['~UNKNOWN_VARIABLE']],
    ['what one of two gives', [schedule, webhook], '{{ trigger.body.any.deep }}{{ trigger.date }}', []],
    ['misspelt', [webhook], '{{ trigger.bdoy }}', ['~UNKNOWN_VARIABLE']],
    ['no trigger, but a flow may start it', [], '{{ trigger.executionId }}', []],
    ['no trigger', [], "{{ trigger.date ?? 'now' }}", []],
  ])('%s', (_, triggers, template, expected) => {
    expect(codesOf({ triggers, tasks: [log('a', template)] })).toEqual(expected)
  })
})
