import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { catalog } from '#catalog/manifests'
import { parseFlow } from '../parse'
import { rewriteFlow } from './rewrite-flow'

const head = 'id: f\nnamespace: company.team # a comment\n\n'
const core = 'io.kestra.plugin.core'
const log = `  - id: a\n    type: ${core}.log.Log\n    message: hello\n`

/** Old, new; and back where that gives the same bytes. */
const pairs: [name: string, old: string, current: string][] = [
  [
    'when',
    `tasks:\n  - id: a   # first\n    type: ${core}.log.Log\n    message: hello\n    "runIf": "{{ inputs.x }}"  # only then\n`,
    `tasks:\n  - id: a   # first\n    type: ${core}.log.Log\n    message: hello\n    "when": "{{ inputs.x }}"  # only then\n`,
  ],
  [
    'when in braces, in a Dag',
    `tasks:\n  - id: d\n    type: ${core}.flow.Dag\n    tasks:\n      - task: {id: a, type: ${core}.log.Log, message: x, runIf: "{{ true }}"}\n`,
    `tasks:\n  - id: d\n    type: ${core}.flow.Dag\n    tasks:\n      - task: {id: a, type: ${core}.log.Log, message: x, when: "{{ true }}"}\n`,
  ],
  [
    'check-when',
    `tasks:\n${log}checks:\n  - message: no\n    condition: "{{ true }}"\n`,
    `tasks:\n${log}checks:\n  - message: no\n    when: "{{ true }}"\n`,
  ],
  [
    'slack-package',
    `tasks:\n  - id: a\n    type: 'io.kestra.plugin.notifications.slack.SlackIncomingWebhook'\n`,
    `tasks:\n  - id: a\n    type: 'io.kestra.plugin.slack.notifications.SlackIncomingWebhook'\n`,
  ],
  [
    'cancelled',
    `tasks:\n  - id: a\n    type: ${core}.execution.Exit\n    state: CANCELED\n`,
    `tasks:\n  - id: a\n    type: ${core}.execution.Exit\n    state: CANCELLED\n`,
  ],
  [
    'worker-group',
    `tasks:\n${log}    workerGroup:\n      key: "gpu"\n      fallback: WAIT\n`,
    `tasks:\n${log}    workerSelector:\n      tags: ["gpu"]\n      fallback: WAIT\n`,
  ],
  [
    'trigger-conditions',
    `tasks:\n${log}triggers:\n  - id: t\n    type: ${core}.trigger.Webhook\n    key: abc\n    conditions:\n      - type: ${core}.condition.Expression\n        expression: "{{ trigger.body.a == 'x' }}"\n\n# the end\n`,
    `tasks:\n${log}triggers:\n  - id: t\n    type: ${core}.trigger.Webhook\n    key: abc\n    when: "{{ trigger.body.a == 'x' }}"\n\n# the end\n`,
  ],
  [
    'loop',
    `tasks:
  - id: each
    type: ${core}.flow.ForEach
    values: ["a", "b"]   # two
    concurrencyLimit: 2
    tasks:
      - id: one
        type: ${core}.debug.Return
        format: "{{ taskrun.value }} {{taskrun.iteration}}"
      - id: two
        type: ${core}.debug.Return
        format: >-
          said:
          {{ outputs.one[taskrun.value].value | upper }}
      - id: if
        type: ${core}.flow.If
        condition: "{{ taskrun.value == \\"a\\" }}"
        then:
          - {id: deep, type: ${core}.debug.Return, format: '{{ outputs.one[parent.taskrun.value].value }} it''s {{ parent.taskrun.value }}'}
`,
    `tasks:
  - id: each
    type: ${core}.flow.Loop
    values: ["a", "b"]   # two
    concurrencyLimit: 2
    tasks:
      - id: one
        type: ${core}.debug.Return
        format: "{{ item.value }} {{item.index}}"
      - id: two
        type: ${core}.debug.Return
        format: >-
          said:
          {{ outputs.one.value | upper }}
      - id: if
        type: ${core}.flow.If
        condition: "{{ item.value == \\"a\\" }}"
        then:
          - {id: deep, type: ${core}.debug.Return, format: '{{ outputs.one.value }} it''s {{ item.value }}'}
`,
  ],
]

describe('what both dialects say', () => {
  it.each(pairs)('%s', (name, old, current) => {
    const there = rewriteFlow(head + old, 'toNew')
    expect(there.text).toBe(head + current)
    expect(there.left).toEqual([])
    expect(there.changes.map(({ construct }) => construct)).toContain(name.split(' ')[0])
    const back = rewriteFlow(head + current, 'toOld')
    expect(back.text).toBe(head + old)
    expect(back.left).toEqual([])
  })
})

/** Old forms whose new form Kestra 1 reads, too: there is no way back, and none is needed. */
const oneWay: [name: string, old: string, current: string][] = [
  [
    'input-type',
    `inputs:\n  - id: a\n    type: BOOLEAN\n  - {id: b, type: "ENUM", values: [x]}\ntasks:\n${log}outputs:\n  - {id: o, type: BOOLEAN, value: "{{ true }}"}\n`,
    `inputs:\n  - id: a\n    type: BOOL\n  - {id: b, type: "SELECT", values: [x]}\ntasks:\n${log}outputs:\n  - {id: o, type: BOOL, value: "{{ true }}"}\n`,
  ],
  [
    'required-default',
    `inputs:\n  - id: a\n    type: STRING\n    required: false # may be left out\n    defaults: x\n  - {id: b, type: INT, defaults: 1, required: false}\ntasks:\n${log}`,
    `inputs:\n  - id: a\n    type: STRING\n    defaults: x\n  - {id: b, type: INT, defaults: 1}\ntasks:\n${log}`,
  ],
  [
    'json',
    `tasks:\n  - id: a\n    type: ${core}.log.Log\n    message: |\n      json: {{ json(inputs.x).json }}\n        {{ inputs.y|json }} {{ inputs.x is json }}\n  - {id: b, type: ${core}.log.Log, message: "{{ json(\\"1\\") }}"}\n`,
    `tasks:\n  - id: a\n    type: ${core}.log.Log\n    message: |\n      json: {{ fromJson(inputs.x).json }}\n        {{ inputs.y|toJson }} {{ inputs.x is json }}\n  - {id: b, type: ${core}.log.Log, message: "{{ fromJson(\\"1\\") }}"}\n`,
  ],
  [
    'legacy-type',
    `tasks:\n  - id: a\n    type: io.kestra.core.tasks.log.Log\n    message: x\n`,
    `tasks:\n  - id: a\n    type: ${core}.log.Log\n    message: x\n`,
  ],
  [
    'echo',
    `tasks:\n  - id: a\n    type: io.kestra.core.tasks.debugs.Echo\n    format: x\n    level: WARN\n`,
    `tasks:\n  - id: a\n    type: ${core}.log.Log\n    message: x\n    level: WARN\n`,
  ],
  [
    'script-runner',
    `tasks:\n  - id: a\n    type: io.kestra.plugin.scripts.python.Script\n    runner: DOCKER\n    docker:\n      image: python:3.13 # slim?\n    script: print(1)\n`,
    `tasks:\n  - id: a\n    type: io.kestra.plugin.scripts.python.Script\n    taskRunner: { type: io.kestra.plugin.scripts.runner.docker.Docker }\n    containerImage: python:3.13 # slim?\n    script: print(1)\n`,
  ],
  [
    'trigger-conditions',
    `tasks:\n${log}triggers:\n  - id: t\n    type: ${core}.trigger.Schedule\n    cron: "@daily"\n    conditions:\n      - type: ${core}.condition.DayWeekInMonth\n        dayOfWeek: MONDAY\n        dayInMonth: FIRST\n      - type: ${core}.condition.Not\n        conditions:\n          - type: ${core}.condition.PublicHoliday\n            country: FR\n          - type: ${core}.condition.Weekend\n`,
    `tasks:\n${log}triggers:\n  - id: t\n    type: ${core}.trigger.Schedule\n    cron: "@daily"\n    when: "{{ isDayWeekInMonth(trigger.date, 'MONDAY', 'FIRST') and (not (isPublicHoliday(trigger.date, 'FR')) and not (isWeekend(trigger.date))) }}"\n`,
  ],
  [
    'plugin-defaults',
    `tasks:\n${log}  - {id: b, type: ${core}.log.Log, message: own}\npluginDefaults:\n  - type: ${core}.log.Log\n    values:\n      level: "WARN"\n      retry:\n        type: constant\n        # often\n        interval: PT1S\n  - type: ${core}.debug\n    values: {format: x}\n\n# the end\n`,
    `tasks:\n  - id: a\n    type: ${core}.log.Log\n    level: "WARN"\n    retry:\n      type: constant\n      # often\n      interval: PT1S\n    message: hello\n  - {id: b, type: ${core}.log.Log, level: "WARN", retry: {"type":"constant","interval":"PT1S"}, message: own}\n\n# the end\n`,
  ],
  [
    'loop from EachParallel',
    `tasks:\n  - id: each\n    type: ${core}.flow.EachParallel\n    value: '["a", "b"]'\n    tasks:\n      - {id: a, type: ${core}.debug.Return, format: "{{ taskrun.value }}"}\n`,
    `tasks:\n  - id: each\n    type: ${core}.flow.Loop\n    values: '["a", "b"]'\n    concurrencyLimit: 0\n    tasks:\n      - {id: a, type: ${core}.debug.Return, format: "{{ item.value }}"}\n`,
  ],
]

const follow = (rest: string) => `tasks:\n${log}triggers:\n  - id: t\n    type: ${core}.trigger.Flow\n${rest}`
const upstream = '- {namespace: a.b, flowId: c} # first'

oneWay.push(
  [
    'preconditions of a flow',
    follow(
      `    preconditions:\n      id: p\n      flows:\n        - namespace: a.b # here\n          flowId: c\n    states: [SUCCESS]\n`,
    ),
    follow(`    dependsOn:\n        - namespace: a.b # here\n          flowId: c\n    states: [SUCCESS]\n`),
  ],
  [
    'preconditions in brackets, with a window',
    follow(
      `    preconditions:\n      id: p\n      timeWindow: {type: DAILY_TIME_DEADLINE, deadline: "09:00:00"}\n      flows: [{namespace: a, flowId: c}, {namespace: a, flowId: d}]\n`,
    ),
    follow(
      `    dependsOn: [{namespace: a, flowId: c}, {namespace: a, flowId: d}]\n    window: { deadline: "09:00:00", fireOnce: true }\n`,
    ),
  ],
  [
    'preconditions that count on in a sliding window',
    follow(
      `    preconditions:\n      id: p\n      resetOnSuccess: false\n      timeWindow:\n        type: SLIDING_WINDOW\n        window: PT1H\n      flows:\n        ${upstream}\n`,
    ),
    follow(
      `    dependsOn:\n        ${upstream.replace(' # first', '')}\n    window: { lookback: PT1H, fireOnce: false } # first\n`,
    ),
  ],
)

describe('what Kestra 2 waits for', () => {
  it.each([
    [
      'flows',
      follow(`    dependsOn:\n      ${upstream}\n      - namespace: a.b\n        flowId: d\n    when: "{{ true }}"\n`),
      follow(
        `    preconditions:\n      id: t\n      flows:\n      ${upstream}\n      - namespace: a.b\n        flowId: d\n    when: "{{ true }}"\n`,
      ),
    ],
    [
      'flows in a window',
      follow(
        `    dependsOn:\n    - namespace: a.b\n      flowId: d\n    window:\n      from: "09:00"\n      to: "10:00"\n      fireOnce: true\n`,
      ),
      follow(
        `    preconditions:\n      id: t\n      timeWindow: { type: DAILY_TIME_WINDOW, startTime: "09:00", endTime: "10:00" }\n      flows:\n      - namespace: a.b\n        flowId: d\n`,
      ),
    ],
    [
      'flows in a window that counts on',
      follow(`    dependsOn: [{namespace: a, flowId: d}]\n    window: {every: PT6H}\n`),
      follow(
        `    preconditions:\n      id: t\n      timeWindow: { window: PT6H }\n      resetOnSuccess: false\n      flows: [{namespace: a, flowId: d}]\n`,
      ),
    ],
  ])('%s', (_name, current, old) => {
    const there = rewriteFlow(head + current, 'toOld')
    expect(there.text).toBe(head + old)
    expect(there.changes.map(({ construct }) => construct)).toContain('preconditions')
    expect(parseFlow(head + old, catalog).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  })
})

oneWay.push([
  'loop with currentEachOutput',
  `tasks:\n  - id: each\n    type: ${core}.flow.EachSequential\n    value: [a, b]\n    tasks:\n      - {id: a, type: ${core}.debug.Return}\n      - {id: b, type: ${core}.debug.Return, format: "{{ currentEachOutput(outputs.a).value }}!"}\n`,
  `tasks:\n  - id: each\n    type: ${core}.flow.Loop\n    values: [a, b]\n    tasks:\n      - {id: a, type: ${core}.debug.Return}\n      - {id: b, type: ${core}.debug.Return, format: "{{ outputs.a.value }}!"}\n`,
])

describe('what only Kestra 1 says', () => {
  it.each(oneWay)('%s', (name, old, current) => {
    const there = rewriteFlow(head + old, 'toNew')
    expect(there.text).toBe(head + current)
    expect(there.left).toEqual([])
    expect(there.changes.map(({ construct }) => construct)).toContain(name.split(' ')[0])
  })
})

/** What nothing says exactly: it stays, and why is told. */
const left: [reason: string, direction: 'toNew' | 'toOld', text: string][] = [
  [
    'known only when it runs',
    'toNew',
    `tasks:\n  - id: each\n    type: ${core}.flow.ForEach\n    values: "{{ inputs.all }}"\n    tasks:\n      - {id: a, type: ${core}.debug.Return, format: x}\n`,
  ],
  [
    'equal values',
    'toNew',
    `tasks:\n  - id: each\n    type: ${core}.flow.ForEach\n    values: [1, "1"]\n    tasks:\n      - {id: a, type: ${core}.debug.Return, format: x}\n`,
  ],
  [
    'read outside of it',
    'toNew',
    `tasks:\n  - id: each\n    type: ${core}.flow.ForEach\n    values: [a, b]\n    tasks:\n      - {id: a, type: ${core}.debug.Return, format: x}\n  - {id: b, type: ${core}.debug.Return, format: "{{ outputs.a['b'].value }}"}\n`,
  ],
  [
    'loop in a loop',
    'toNew',
    `tasks:\n  - id: each\n    type: ${core}.flow.ForEach\n    values: [a]\n    tasks:\n      - id: inner\n        type: ${core}.flow.Loop\n        values: [a]\n        tasks:\n          - {id: a, type: ${core}.debug.Return, format: x}\n`,
  ],
  [
    'no sure equal',
    'toNew',
    `tasks:\n  - id: each\n    type: ${core}.flow.ForEach\n    values: [a]\n    tasks:\n      - {id: a, type: ${core}.debug.Return, format: "{{ parent.outputs }}"}\n`,
  ],
  [
    'ForEach has no "outputs"',
    'toOld',
    `tasks:\n  - id: each\n    type: ${core}.flow.Loop\n    values: [a]\n    outputs: [{id: o, type: STRING, value: x}]\n    tasks:\n      - {id: a, type: ${core}.debug.Return, format: x}\n`,
  ],
  [
    'has no equal in a ForEach',
    'toOld',
    `tasks:\n  - id: each\n    type: ${core}.flow.Loop\n    values: [a]\n    tasks:\n      - {id: a, type: ${core}.debug.Return, format: "{{ item.key }}"}\n`,
  ],
  [
    'no expression says the same',
    'toNew',
    `tasks:\n${log}triggers:\n  - id: t\n    type: ${core}.trigger.Schedule\n    cron: "@daily"\n    conditions:\n      - type: ${core}.condition.TimeBetween\n        after: "08:00:30Z"\n`,
  ],
  ['keep values with kv.Set', 'toNew', `tasks:\n  - {id: a, type: ${core}.state.Set, data: {x: 1}}\n`],
  ['its plugin "kestra" has logs.Fetch', 'toNew', `tasks:\n  - {id: a, type: ${core}.log.Fetch}\n`],
  ['no function "isWeekend"', 'toOld', `tasks:\n${log.replace('hello', '"{{ isWeekend(now()) }}"')}`],
  [
    'calls what Kestra 1 does not have',
    'toOld',
    `tasks:\n${log}triggers:\n  - {id: t, type: ${core}.trigger.Schedule, cron: "@daily", when: "{{ isWeekend(trigger.date) }}"}\n`,
  ],
  ['no filter "regexMatch"', 'toOld', `tasks:\n${log.replace('hello', `"{{ 'a' | regexMatch('b') }}"`)}`],
  ['no labels', 'toOld', `inputs:\n  - {id: a, type: SELECT, values: [{label: A, value: a}]}\ntasks:\n${log}`],
  ['no "quotas"', 'toOld', `quotas: [{duration: P1D, limit: 1, behavior: FAIL}]\ntasks:\n${log}`],
  ['written as well', 'toNew', `tasks:\n${log}    runIf: "{{ 1 }}"\n    when: "{{ 2 }}"\n`],
  [
    'merges with',
    'toNew',
    `tasks:\n${log}    retry: {maxAttempts: 2}\ntaskDefaults:\n  - type: ${core}.log.Log\n    values: {retry: {type: constant, interval: PT1S}}\n`,
  ],
  [
    'filters of "where"',
    'toNew',
    follow(`    preconditions: {id: p, where: [{id: w, filters: [{field: FLOW_ID, type: EQUAL_TO, value: a}]}]}\n`),
  ],
  [
    'read by other names',
    'toNew',
    follow(
      `    inputs: {x: "{{ trigger.outputs.y }}"}\n    preconditions: {id: p, flows: [{namespace: a, flowId: b}, {namespace: a, flowId: c}]}\n`,
    ),
  ],
  ['wait for all', 'toOld', follow(`    mode: ANY\n    dependsOn: [{namespace: a, flowId: b}]\n`)],
  ['have no "when"', 'toOld', follow(`    dependsOn: [{namespace: a, flowId: b, when: "{{ true }}"}]\n`)],
  [
    'no such property',
    'toOld',
    follow(`    dependsOn: [{namespace: a, flowId: b}]\n    window: {every: P1D, timezone: UTC}\n`),
  ],
  ['without "fallback"', 'toNew', `workerGroup: {key: gpu}\ntasks:\n${log}`],
  ['anchor', 'toNew', `variables:\n  x: &shared {runIf: "{{ true }}"}\ntasks:\n${log}    <<: *shared\n`],
]

describe('what has no exact equal', () => {
  it.each(left)('%s', (reason, direction, text) => {
    const result = rewriteFlow(head + text, direction)
    expect(result.text).toBe(head + text)
    expect(result.changes).toEqual([])
    expect(result.left.map(found => found.reason).join()).toContain(reason)
  })

  it('tells the line of the text that was given', () => {
    const text = `${head}pluginDefaults:\n  - type: ${core}.log\n    values:\n      level: WARN\ntasks:\n${log}  - id: b\n    type: ${core}.log.Log\n    runIf: x\n    message: x\n`
    const { changes } = rewriteFlow(text, 'toNew')
    expect(changes).toEqual([
      { construct: 'plugin-defaults', line: 4, exact: true },
      { construct: 'when', line: 14, exact: true },
    ])
  })
})

const folder = fileURLToPath(new URL('../../../../shared/conformance/flows', import.meta.url))
const files = existsSync(folder) ? readdirSync(folder) : []

/** Pairs of texts of as many lines, where a comment may stand between any two. */
const byLine = pairs.filter(([, old, current]) => !old.includes('>-') && linesOf(old) === linesOf(current))

function linesOf(text: string): number {
  return text.split('\n').length
}

function withComment(text: string, line: number, indent: number): string {
  return text
    .split('\n')
    .toSpliced(line, 0, `${' '.repeat(indent)}# comment: {{ json(1) }}`)
    .join('\n')
}

describe('all else', () => {
  it('stays byte for byte, wherever comments stand', () => {
    const anyPair = fc.constantFrom(...byLine)
    fc.assert(
      fc.property(anyPair, fc.nat(), fc.nat(8), ([, old, current], at, indent) => {
        const line = at % (linesOf(head) + linesOf(old) - 1)
        const commented = (text: string) => withComment(head + text, line, indent)
        expect(rewriteFlow(commented(old), 'toNew').text).toBe(commented(current))
        expect(rewriteFlow(commented(current), 'toOld').text).toBe(commented(old))
      }),
    )
  })

  it.each([...pairs, ...oneWay])('keeps Windows lines: %s', (_, old, current) => {
    const windows = (text: string) => (head + text).replaceAll('\n', '\r\n')
    expect(rewriteFlow(windows(old), 'toNew').text).toBe(windows(current))
  })

  it('stays, where only one place is asked for', () => {
    const two = `tasks:\n${log}    runIf: x\n${log.replace('id: a', 'id: b')}    runIf: x\n`
    const { text, changes } = rewriteFlow(head + two, 'toNew', { path: ['tasks', 1, 'runIf'] })
    expect(text).toBe(head + two.replace(/runIf: x\n$/, 'when: x\n'))
    expect(changes).toEqual([{ construct: 'when', line: 12, exact: true }])
  })

  it('never throws', () => {
    const lines = fc.constantFrom(
      'tasks:',
      '  - id: a',
      '    runIf: x',
      '    when: &a y',
      '  *a',
      '- [',
      '}',
      'id: b',
      '? x',
    )
    fc.assert(
      fc.property(fc.array(lines), fc.constantFrom('toNew' as const, 'toOld' as const), (parts, direction) => {
        rewriteFlow(parts.join('\n'), direction)
      }),
    )
  })
})

describe('any text', () => {
  it.each([
    ['no flow', 'just text'],
    ['broken', 'id: a\n  b: ['],
    ['empty', ''],
    ['of both dialects', `${head}tasks:\n${log}`],
    ['with Windows lines', `${head}tasks:\n${log}`.replaceAll('\n', '\r\n')],
  ])('%s stays as it is', (_, text) => {
    expect(rewriteFlow(text, 'toNew')).toEqual({ text, changes: [], left: [] })
    expect(rewriteFlow(text, 'toOld')).toEqual({ text, changes: [], left: [] })
  })

  it.each(files)('%s is still a flow, and has nothing more to rewrite', file => {
    const text = readFileSync(`${folder}/${file}`, 'utf8')
    for (const direction of ['toNew', 'toOld'] as const) {
      const once = rewriteFlow(text, direction)
      expect(errorsOf(once.text)).toEqual(errorsOf(text))
      const again = rewriteFlow(once.text, direction)
      expect(again.text).toBe(once.text)
      expect(again.changes).toEqual([])
      if (once.changes.length === 0) expect(once.text).toBe(text)
    }
  })
})

function errorsOf(text: string): string[] {
  const { diagnostics } = parseFlow(text, catalog)
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message)
}
