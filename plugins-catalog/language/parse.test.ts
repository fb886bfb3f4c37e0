import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { catalog } from '#catalog/manifests'
import type { DiagnosticCode } from './diagnostics'
import { parseFlow } from './parse'

const head = 'id: test\nnamespace: company.team\n'
const ok = '  - id: ok\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n'

/** `code line:column` of each problem but the choice of a dialect; warnings start with `~`. */
function problems(text: string): string[] {
  return parseFlow(text, catalog)
    .diagnostics.filter(({ code }) => code !== 'OLDER_DIALECT')
    .map(({ code, severity, range }) => `${severity === 'warning' ? '~' : ''}${code} ${range.line}:${range.column}`)
}

function log(id: string, message: string, indent = '  '): string {
  return `${indent}- id: ${id}\n${indent}  type: io.kestra.plugin.core.log.Log\n${indent}  message: ${message}\n`
}

function returns(id: string, indent = '  '): string {
  return `${indent}- id: ${id}\n${indent}  type: io.kestra.plugin.core.debug.Return\n${indent}  format: x\n`
}

describe('YAML', () => {
  it.each<[name: string, text: string, expected: string[]]>([
    ['nothing', '', ['YAML_SYNTAX 1:1']],
    ['a comment only', '# hi\n', ['YAML_SYNTAX 1:1']],
    ['a list', '- a\n', ['INVALID_VALUE 1:1']],
    ['a tab', `${head}tasks:\n\t- id: x\n`, ['YAML_SYNTAX 4:1']],
    ['a duplicate key', `${head}id: again\ntasks:\n${ok}`, ['DUPLICATE_KEY 3:1']],
    ['a forbidden key', `${head}variables:\n  __proto__: 1\ntasks:\n${ok}`, ['FORBIDDEN_KEY 4:3']],
    ['a second document', `${head}tasks:\n${ok}---\nid: two\n`, ['YAML_SYNTAX 7:1']],
    ['an unquoted template', `${head}tasks:\n${log('a', '{{ flow.id }}')}`, ['YAML_SYNTAX 6:14']],
    ['text after an unquoted template', `${head}tasks:\n${log('a', '{{ flow.id }} is it')}`, ['YAML_SYNTAX 6:14']],
    ['a colon in plain text', `${head}tasks:\n${log('a', 'note: this: that')}`, ['YAML_SYNTAX 6:14']],
    ['a line left of its list item', `${head}tasks:\n  - id: a\n   type: b\n`, ['YAML_SYNTAX 5:1']],
    ['an unknown anchor', `${head}tasks:\n${log('a', '*none')}`, ['YAML_SYNTAX 6:14']],
  ])('%s', (_, text, expected) => expect(problems(text).slice(0, expected.length)).toEqual(expected))

  it('gives the advice to quote', () => {
    const { diagnostics } = parseFlow(`${head}tasks:\n${log('a', '{{ flow.id }}')}`, catalog)
    expect(diagnostics[0]?.message).toContain('"{{ flow.id }}"')
  })

  it('still reports what stands before a broken line', () => {
    expect(problems(`${head}labls: {}\ntasks:\n${ok}  bad\n`)[0]).toBe('UNKNOWN_PROPERTY 3:1')
  })

  it('reads anchors and merges', () => {
    const text = `${head}variables:\n  a: &a {x: 1}\n  b: {<<: *a, y: 2}\ntasks:\n${ok}`
    expect(parseFlow(text, catalog).flow?.variables).toEqual({ a: { x: 1 }, b: { x: 1, y: 2 } })
  })

  it.each([
    ['yes', true],
    ['On', true],
    ['NO', false],
    ['off', false],
    ['"yes"', 'yes'],
    ['yEs', 'yEs'],
    ['yes and no', 'yes and no'],
  ])('reads %s as Kestra does', (written, value) => {
    const { flow } = parseFlow(`${head}variables: {a: ${written}}\ntasks:\n${ok}`, catalog)
    expect(flow?.variables).toEqual({ a: value })
  })

  it('leaves a name a name', () => {
    expect(parseFlow(`${head}tasks:\n${log('yes', 'x')}`, catalog).flow?.tasks[0]?.id).toBe('yes')
  })

  it('takes no revision from the text', () => {
    expect(problems(`${head}revision: 7\ntasks:\n${ok}`)).toEqual([])
  })
})

describe('limits', () => {
  const bomb = [...'bcdefghi'].map((name, index) => {
    const before = 'abcdefgh'[index]
    return `${name}: &${name} [${Array(9).fill(`*${before}`).join(', ')}]`
  })
  it.each<[name: string, text: string]>([
    ['bytes', `${head}description: ${'x'.repeat(1024 * 1024)}`],
    ['brackets', '['.repeat(100_000)],
    ['lists in lists', '- '.repeat(100_000)],
    ['maps in maps', 'a: '.repeat(100_000)],
    ['complex keys', '? '.repeat(100_000)],
    ['aliases', `a: &a [x]\n${bomb.join('\n')}`],
    ['anchors', '&a '.repeat(100_000)],
    ['closing brackets', ']'.repeat(100_000)],
    ['quotes', '"'.repeat(100_000)],
  ])('%s', (_, text) => expect(problems(text)[0]).toMatch(/^YAML_LIMIT/))

  it('values', () => {
    const { diagnostics } = parseFlow(`${head}variables:\n  list: [${'1,'.repeat(60)}]`, catalog, { maxNodes: 50 })
    expect(diagnostics.map(({ code }) => code)).toContain('YAML_LIMIT')
  })
})

describe('properties', () => {
  it.each<[name: string, text: string, expected: string[]]>([
    ['missing ones', 'description: hi\n', ['MISSING_PROPERTY 1:1', 'MISSING_PROPERTY 1:1', 'MISSING_PROPERTY 1:1']],
    ['no tasks', `${head}tasks: []\n`, ['INVALID_VALUE 3:8']],
    ['unknown at the top', `${head}labls: {}\ntasks:\n${ok}`, ['UNKNOWN_PROPERTY 3:1']],
    ['a reserved id', `id: pause\nnamespace: a\ntasks:\n${ok}`, ['INVALID_VALUE 1:5']],
    ['a bad namespace', `id: x\nnamespace: Company\ntasks:\n${ok}`, ['INVALID_VALUE 2:12']],
    ['a bad label', `${head}labels:\n  Key: v\ntasks:\n${ok}`, ['INVALID_VALUE 4:3']],
    ['a system label', `${head}labels:\n  system.x: v\ntasks:\n${ok}`, ['INVALID_VALUE 4:3']],
    ['an unknown type', `${head}tasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Lgo\n`, ['UNKNOWN_TYPE 5:11']],
    [
      'a trigger as a task',
      `${head}tasks:\n  - id: a\n    type: io.kestra.plugin.core.trigger.Webhook\n    key: x\n`,
      ['UNKNOWN_TYPE 5:11'],
    ],
    [
      'a missing one',
      `${head}tasks:\n  - id: a\n    type: io.kestra.plugin.core.flow.Sleep\n`,
      ['MISSING_PROPERTY 4:5'],
    ],
    ['one that is null', `${head}tasks:\n${log('a', 'null')}`, ['MISSING_PROPERTY 6:14']],
    ['a misspelt one', `${head}tasks:\n${ok}    levl: INFO\n`, ['UNKNOWN_PROPERTY 7:5']],
    ['a wrong word', `${head}tasks:\n${ok}    level: LOUD\n`, ['INVALID_VALUE 7:12']],
    ['a word in another case', `${head}tasks:\n${ok}    level: warn\n`, []],
    ['a template for a word', `${head}tasks:\n${ok}    level: "{{ vars.level ?? 'INFO' }}"\n`, []],
    ['a wrong duration', `${head}tasks:\n${ok}    timeout: 5 minutes\n`, ['INVALID_VALUE 7:14']],
    ['a template for a duration', `${head}tasks:\n${ok}    timeout: "{{ 'PT5M' }}"\n`, []],
    [
      'an old type',
      `${head}tasks:\n  - id: a\n    type: io.kestra.core.tasks.log.Log\n    message: x\n`,
      ['~DEPRECATED 5:11'],
    ],
    ['a retry of no kind', `${head}tasks:\n${ok}    retry: {type: often}\n`, ['INVALID_VALUE 7:19']],
    ['a retry', `${head}tasks:\n${ok}    retry: {type: constant, interval: PT1S, maxAttempts: 3}\n`, []],
    [
      'a retry of too few attempts',
      `${head}tasks:\n${ok}    retry: {type: constant, interval: PT1S, maxAttempts: 0}\n`,
      ['INVALID_VALUE 7:58'],
    ],
    ['concurrency', `${head}concurrency: {limit: 0}\ntasks:\n${ok}`, ['INVALID_VALUE 3:22']],
    [
      'a property from pluginDefaults',
      `${head}pluginDefaults:\n  - type: io.kestra.plugin.core.flow.Sleep\n    values: {duration: PT1S}\ntasks:\n  - id: a\n    type: io.kestra.plugin.core.flow.Sleep\n`,
      [],
    ],
    [
      'a bad cron',
      `${head}tasks:\n${ok}triggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Schedule\n    cron: "61 * * * *"\n`,
      ['INVALID_VALUE 10:11'],
    ],
    [
      'a bad time zone',
      `${head}tasks:\n${ok}triggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Schedule\n    cron: "@daily"\n    timezone: Mars/Base\n`,
      ['INVALID_VALUE 11:15'],
    ],
    [
      'an unknown condition',
      `${head}tasks:\n${ok}triggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Flow\n    conditions:\n      - type: io.kestra.plugin.core.condition.Nope\n`,
      ['UNKNOWN_TYPE 11:15'],
    ],
    [
      'a task runner of no kind',
      `${head}tasks:\n  - id: a\n    type: io.kestra.plugin.scripts.shell.Commands\n    commands: [ls]\n    taskRunner:\n      type: nope\n`,
      ['UNKNOWN_TYPE 8:13'],
    ],
  ])('%s', (_, text, expected) => expect(problems(text)).toEqual(expected))

  it('suggests the nearest names', () => {
    const { diagnostics } = parseFlow(`${head}tasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Lgo\n`, catalog)
    expect(diagnostics[0]?.message).toContain('io.kestra.plugin.core.log.Log')
  })

  it('reports all problems at once, in the order of the text', () => {
    const text = `${head}labls: {}\ntasks:\n  - id: a\n    type: no.such.Type\n${log('a', '"{{ 1 | nofilter }} {{ outputs.b.c }}"')}    foo: 1\n`
    expect(problems(text)).toEqual([
      'UNKNOWN_PROPERTY 3:1',
      'UNKNOWN_TYPE 6:11',
      'DUPLICATE_ID 7:9',
      'UNKNOWN_FILTER 9:22',
      'UNKNOWN_VARIABLE 9:37',
      'UNKNOWN_PROPERTY 10:5',
    ])
  })
})

describe('structure', () => {
  const dag = (items: string) =>
    `${head}tasks:\n  - id: d\n    type: io.kestra.plugin.core.flow.Dag\n    tasks:\n${items}`
  const item = (id: string, dependsOn: string) =>
    `      - task: {id: ${id}, type: io.kestra.plugin.core.log.Log, message: x}\n        dependsOn: [${dependsOn}]\n`
  it.each<[name: string, text: string, expected: string[]]>([
    ['an id twice in the tree', `${head}tasks:\n${ok}errors:\n${ok}`, ['DUPLICATE_ID 8:9']],
    ['an unknown dependency', dag(item('a', 'b')), ['INVALID_VALUE 8:21']],
    ['a task that waits for itself', dag(item('a', 'a')), ['CYCLE 8:20']],
    ['a circle', dag(item('a', 'b') + item('b', 'a')), ['CYCLE 8:20']],
    [
      'a Switch without cases',
      `${head}tasks:\n  - id: s\n    type: io.kestra.plugin.core.flow.Switch\n    value: x\n`,
      ['MISSING_PROPERTY 4:5'],
    ],
    [
      'a flow that calls itself',
      `${head}tasks:\n  - id: s\n    type: io.kestra.plugin.core.flow.Subflow\n    namespace: company.team\n    flowId: test\n`,
      ['CYCLE 7:13'],
    ],
    [
      'flow control in a WorkingDirectory',
      `${head}tasks:\n  - id: w\n    type: io.kestra.plugin.core.flow.WorkingDirectory\n    tasks:\n      - id: s\n        type: io.kestra.plugin.core.flow.Sequential\n        tasks:\n${log('x', 'x', '          ')}`,
      ['NOT_SUPPORTED 8:15'],
    ],
    [
      'a worker of its own in a WorkingDirectory',
      `${head}tasks:\n  - id: w\n    type: io.kestra.plugin.core.flow.WorkingDirectory\n    tasks:\n${log('x', 'x', '      ')}        workerGroup: {key: gpu}\n`,
      ['NOT_SUPPORTED 10:22'],
    ],
    [
      'a webhook that waits for executions',
      `${head}tasks:\n${ok}triggers:\n  - id: h\n    type: io.kestra.plugin.core.trigger.Webhook\n    key: k\n    conditions:\n      - {type: io.kestra.plugin.core.condition.MultipleCondition, id: m, conditions: {}}\n`,
      ['NOT_SUPPORTED 12:16'],
    ],
  ])('%s', (_, text, expected) => expect(problems(text)).toEqual(expected))
})

describe('inputs', () => {
  const inputs = (yaml: string) => `${head}inputs:\n${yaml}tasks:\n${ok}`
  it.each<[name: string, text: string, expected: string[]]>([
    ['an unknown type', inputs('  - {id: a, type: TEXT}\n'), ['INVALID_VALUE 4:19']],
    ['the old name of id', inputs('  - {name: a, type: STRING}\n'), []],
    ['an old name with a bad value', inputs('  - {name: -a, type: STRING}\n'), ['INVALID_VALUE 4:5']],
    ['an id twice', inputs('  - {id: a, type: INT}\n  - {id: a, type: INT}\n'), ['DUPLICATE_ID 5:10']],
    ['a default of the wrong type', inputs('  - {id: a, type: INT, defaults: many}\n'), ['INVALID_VALUE 4:34']],
    [
      'a default that need not be',
      inputs('  - {id: a, type: INT, defaults: 1, required: false}\n'),
      ['INVALID_VALUE 4:34'],
    ],
    ['an ARRAY of nothing', inputs('  - {id: a, type: ARRAY}\n'), ['MISSING_PROPERTY 4:5']],
    ['a bad expression', inputs('  - {id: a, type: STRING, validator: "["}\n'), ['INVALID_VALUE 4:38']],
    ['an unknown dependency', inputs('  - {id: a, type: INT, dependsOn: {inputs: [b]}}\n'), ['INVALID_VALUE 4:45']],
    [
      'a circle',
      inputs('  - {id: a, type: INT, dependsOn: {inputs: [b]}}\n  - {id: b, type: INT, dependsOn: {inputs: [a]}}\n'),
      ['CYCLE 4:35'],
    ],
  ])('%s', (_, text, expected) => expect(problems(text)).toEqual(expected))
})

describe('expressions', () => {
  const reads = (message: string) => `${head}tasks:\n${returns('first')}${log('second', `"${message}"`)}`
  it.each<[name: string, text: string, expected: string[]]>([
    ['an output that is there', reads('{{ outputs.first.value }}'), []],
    ['an output that is not', reads('{{ outputs.first.valu }}'), ['UNKNOWN_VARIABLE 9:18']],
    ['a task that is not', reads('{{ outputs.frist.value }}'), ['UNKNOWN_VARIABLE 9:18']],
    ['a task that is not, and none is called alike', reads('{{ outputs.other.value }}'), ['~UNKNOWN_VARIABLE 9:18']],
    ['a task that is not, guarded', reads("{{ outputs.frist.value ?? '' }}"), []],
    [
      'a task without outputs',
      `${head}tasks:\n${ok}${log('b', '"{{ outputs.ok.value }}"')}`,
      ['UNKNOWN_VARIABLE 9:18'],
    ],
    ['its own outputs', `${head}tasks:\n${log('a', '"{{ outputs.a.value }}"')}`, ['TASK_NOT_BEFORE 6:18']],
    ['a later task', `${head}tasks:\n${log('a', '"{{ outputs.b.value }}"')}${returns('b')}`, ['TASK_NOT_BEFORE 6:18']],
    ['a task before, from errors', `${head}tasks:\n${returns('a')}errors:\n${log('b', '"{{ outputs.a.value }}"')}`, []],
    [
      'errors, from tasks',
      `${head}tasks:\n${log('b', '"{{ outputs.a.value }}"')}errors:\n${returns('a')}`,
      ['TASK_NOT_BEFORE 6:18'],
    ],
    ['an unknown input', reads('{{ inputs.none }}'), ['~UNKNOWN_VARIABLE 9:18']],
    ['an unknown variable', reads('{{ vars.none }}'), ['~UNKNOWN_VARIABLE 9:18']],
    ['bad syntax', reads('{{ outputs. }}'), ['~EXPRESSION_SYNTAX 9:27']],
    [
      'a sibling in Parallel',
      `${head}tasks:\n  - id: p\n    type: io.kestra.plugin.core.flow.Parallel\n    tasks:\n${returns('a', '      ')}${log('b', '"{{ outputs.a.value }}"', '      ')}`,
      ['~TASK_NOT_BEFORE 12:22'],
    ],
    [
      'the other branch of an If',
      `${head}tasks:\n  - id: i\n    type: io.kestra.plugin.core.flow.If\n    condition: "true"\n    then:\n${returns('a', '      ')}    else:\n${log('b', '"{{ outputs.a.value }}"', '      ')}`,
      ['TASK_NOT_BEFORE 14:22'],
    ],
    [
      'a task in a loop, by value',
      `${head}tasks:\n  - id: e\n    type: io.kestra.plugin.core.flow.ForEach\n    values: [x]\n    tasks:\n${returns('a', '      ')}${log('b', '"{{ outputs.a.x.value }}"')}`,
      [],
    ],
    [
      'a name with a dash',
      `${head}tasks:\n${returns('a-b')}${log('c', '"{{ outputs.a-b.value }}"')}`,
      ['EXPRESSION_SYNTAX 9:18'],
    ],
    [
      'a name with a dash in brackets',
      `${head}tasks:\n${returns('a-b')}${log('c', `"{{ outputs['a-b'].value }}"`)}`,
      [],
    ],
    [
      'a place in a block',
      `${head}tasks:\n${returns('a')}${log('b', '|\n      one\n      {{ outputs.nope.value }}')}`,
      ['~UNKNOWN_VARIABLE 11:10'],
    ],
  ])('%s', (_, text, expected) => expect(problems(text)).toEqual(expected))
})

describe('whatever the text is', () => {
  const fragments = [
    'id: a',
    'tasks:',
    '- ',
    '  ',
    '{{ x }}',
    '"',
    "'",
    '[',
    '{',
    '}',
    ']',
    ': ',
    '\n',
    '&a',
    '*a',
    '<<: ',
    '? ',
    '|',
    '>',
    '!x',
    '%',
    '@',
    '#',
    'type: io.kestra.plugin.core.log.Log',
    'labels:',
    'inputs:',
    '{% if',
    'null',
    '1e999',
    '\t',
  ]
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(fc.constantFrom(...fragments), { maxLength: 40 }).map(parts => parts.join('')),
  )
  it('never throws, and says why there is no flow', () => {
    fc.assert(
      fc.property(anything, text => {
        const { flow, diagnostics } = parseFlow(text, catalog)
        expect(flow !== null || diagnostics.some(({ severity }) => severity === 'error')).toBe(true)
      }),
      { numRuns: 200 },
    )
  }, 30_000)

  it('never throws for any value of a property', () => {
    const codes: DiagnosticCode[] = ['YAML_SYNTAX']
    const json = fc.jsonValue({ maxDepth: 3 })
    const property = fc.constantFrom(
      'tasks',
      'inputs',
      'labels',
      'triggers',
      'outputs',
      'retry',
      'sla',
      'pluginDefaults',
      'variables',
      'listeners',
    )
    fc.assert(
      fc.property(property, json, (name, value) => {
        const text = JSON.stringify({
          id: 'a',
          namespace: 'b',
          tasks: [{ id: 'x', type: 'io.kestra.plugin.core.flow.Dag', tasks: value }],
          [name]: value,
        })
        expect(parseFlow(text, catalog).diagnostics.filter(({ code }) => codes.includes(code))).toEqual([])
      }),
      { numRuns: 200 },
    )
  }, 30_000)
})
