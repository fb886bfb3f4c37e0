import { expect, it } from 'vitest'
import { catalog } from '#catalog/manifests'
import { parseFlow } from '../parse'

/** `code line:column` of each problem; warnings start with `~`. */
function problems(trigger: string): string[] {
  const text = `id: test
namespace: company.team
tasks:
  - {id: hello, type: io.kestra.plugin.core.debug.Return, format: hello}
triggers:
  - id: follow
    type: io.kestra.plugin.core.trigger.Flow
${trigger}`
  return parseFlow(text, catalog)
    .diagnostics.filter(({ code }) => code !== 'OLDER_DIALECT')
    .map(({ code, severity, range }) => `${severity === 'warning' ? '~' : ''}${code} ${range.line}:${range.column}`)
}

const flows = '      flows: [{namespace: company.team, flowId: a}]\n'
const old = (window: string) => `    preconditions:\n      id: p\n      timeWindow: {${window}}\n${flows}`
const where = (filter: string) =>
  `    preconditions:\n      id: p\n      where:\n        - id: w\n          filters:\n            - {${filter}}\n`
const depends = '    dependsOn: [{namespace: company.team, flowId: a}, {flowId: b}]\n'
const joined = (rest: string) =>
  `    conditions:\n      - type: io.kestra.plugin.core.condition.MultipleCondition\n        id: m\n${rest}        conditions: {}\n`

it.each<[name: string, trigger: string, expected: string[]]>([
  ['a day by default', old('window: PT6H, windowAdvance: PT3H'), []],
  ['a deadline', old('type: DAILY_TIME_DEADLINE, deadline: "09:00:00"'), []],
  ['a deadline without seconds', old('type: DAILY_TIME_DEADLINE, deadline: "09:00"'), []],
  ['a deadline that is no time', old('type: DAILY_TIME_DEADLINE, deadline: "25:00"'), ['INVALID_VALUE 10:57']],
  [
    'a deadline with a window',
    old('type: DAILY_TIME_DEADLINE, deadline: "09:00", window: P1D'),
    ['INVALID_VALUE 10:66'],
  ],
  ['a deadline without one', old('type: DAILY_TIME_DEADLINE'), ['MISSING_PROPERTY 10:19']],
  ['a sliding window that advances', old('type: SLIDING_WINDOW, windowAdvance: PT1H'), ['INVALID_VALUE 10:42']],
  ['a window of nothing', old('window: PT0S'), ['INVALID_VALUE 10:28']],
  ['a template for a time', old('type: DAILY_TIME_DEADLINE, deadline: "{{ vars.x }}"'), ['INVALID_VALUE 10:57']],
  [
    'all of Kestra 2',
    `${depends}    window: {every: PT6H, offset: PT1H, timezone: Europe/Berlin, fireOnce: true}\n`,
    [],
  ],
  ['a deadline with a length', `${depends}    window: {deadline: "09:00", every: PT6H}\n`, ['INVALID_VALUE 9:33']],
  ['from without to', `${depends}    window: {from: "09:00"}\n`, ['MISSING_PROPERTY 9:13']],
  ['lookback with offset', `${depends}    window: {lookback: PT1H, offset: PT6H}\n`, ['INVALID_VALUE 9:30']],
  ['onMiss', `${depends}    window: {deadline: "09:00", onMiss: ALERT}\n`, ['~NOT_SUPPORTED 9:33']],
  ['some of them', `${depends}    mode: AT_LEAST\n    minSatisfied: 2\n`, []],
  ['some without a number', `${depends}    mode: AT_LEAST\n`, ['MISSING_PROPERTY 6:5']],
  ['more than there are', `${depends}    mode: AT_LEAST\n    minSatisfied: 3\n`, ['INVALID_VALUE 10:19']],
  ['none of them', `${depends}    mode: AT_LEAST\n    minSatisfied: 0\n`, ['INVALID_VALUE 10:19']],
  ['a filter', where('field: FLOW_ID, type: IN, values: [a, b]'), []],
  ['a filter without its value', where('field: FLOW_ID, type: EQUAL_TO'), ['MISSING_PROPERTY 13:15']],
  [
    'a filter with the other',
    where('field: FLOW_ID, type: IN, value: a'),
    ['MISSING_PROPERTY 13:15', 'INVALID_VALUE 13:42'],
  ],
  ['an older window', joined('        window: P1D\n        windowAdvance: P0D\n'), []],
  ['an older window of nothing', joined('        window: P0D\n'), ['INVALID_VALUE 11:17']],
  ['an older one by a time', joined('        timeWindow: {type: DAILY_TIME_DEADLINE}\n'), ['MISSING_PROPERTY 11:21']],
  ['the flow itself', '    dependsOn: [{namespace: company.team, flowId: test}]\n', ['~CYCLE 8:51']],
])('%s', (_name, trigger, expected) => expect(problems(trigger)).toEqual(expected))
