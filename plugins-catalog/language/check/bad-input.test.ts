import { describe, expect, it } from 'vitest'
import { catalog } from '#catalog/manifests'
import { parseFlow } from '../parse'

const core = 'io.kestra.plugin.core'
const head = 'id: test\nnamespace: company.team\n'
const log = (rest = '') => `tasks:\n  - id: ok\n    type: ${core}.log.Log\n    message: hi\n${rest}`
const task = (kind: string, rest: string) => `tasks:\n  - id: a\n    type: ${core}.${kind}\n${rest}`
const trigger = (kind: string, rest: string) =>
  `${log()}triggers:\n  - id: t\n    type: ${core}.trigger.${kind}\n${rest}`
const inputs = (...lines: string[]) => `inputs:\n${lines.map(line => `  - {${line}}\n`).join('')}${log()}`
const held = '    tasks: [{id: y, type: io.kestra.plugin.core.log.Log, message: x}]\n'

/** `code line:column` of each problem but the choice of a dialect and old names; warnings start with `~`. */
function problems(text: string): string[] {
  return parseFlow(head + text, catalog)
    .diagnostics.filter(({ code }) => code !== 'OLDER_DIALECT' && code !== 'DEPRECATED')
    .map(({ code, severity, range }) => `${severity === 'warning' ? '~' : ''}${code} ${range.line}:${range.column}`)
}

type Row = [name: string, text: string, expected: string[]]

describe('cycles and repetitions', () => {
  const dag = (...items: string[]) =>
    task('flow.Dag', `    tasks:\n${items.map(item => `      - {task: {id: ${item}\n`).join('')}`)
  const item = (id: string, on: string) => `${id}, type: ${core}.log.Log, message: x}, dependsOn: [${on}]}`
  it.each<Row>([
    ['two circles of a Dag', dag(item('b', 'c'), item('c', 'b'), item('d', 'd')), ['CYCLE 7:85', 'CYCLE 9:85']],
    [
      'two circles of inputs',
      inputs('id: a, type: INT, dependsOn: {inputs: [a]}', 'id: b, type: INT, dependsOn: {inputs: [b]}'),
      ['CYCLE 4:35', 'CYCLE 5:35'],
    ],
    [
      'a default that reads a later input',
      inputs('id: a, type: STRING, defaults: "{{ inputs.b }}"', 'id: b, type: STRING'),
      ['~TASK_NOT_BEFORE 4:37'],
    ],
    [
      'a default that reads itself',
      inputs('id: a, type: STRING, defaults: "{{ inputs.a }}"'),
      ['~TASK_NOT_BEFORE 4:37'],
    ],
    [
      'a default that reads what it depends on',
      inputs('id: a, type: STRING, defaults: "{{ inputs.b }}", dependsOn: {inputs: [b]}', 'id: b, type: STRING'),
      [],
    ],
    ['an input within another', inputs('id: a, type: STRING', 'id: a.b, type: STRING'), ['~DUPLICATE_ID 5:10']],
    [
      'inputs of a Pause, twice',
      task('flow.Pause', '    onResume: [{id: a, type: INT}, {id: a, type: INT}]\n'),
      ['DUPLICATE_ID 6:41'],
    ],
    [
      'a ForEachItem of its own flow',
      task('flow.ForEachItem', `    items: "{{ vars.x ?? '' }}"\n    namespace: company.team\n    flowId: test\n`),
      ['CYCLE 8:13'],
    ],
    [
      'a trigger on its own flow',
      trigger('Flow', '    preconditions: {id: x, flows: [{namespace: company.team, flowId: test}]}\n'),
      ['~CYCLE 10:70'],
    ],
    ['keys twice, deep', `variables: {a: {b: 1, b: 2}}\n${log()}`, ['DUPLICATE_KEY 3:23']],
    [
      'keys that reach prototypes',
      `variables: {constructor: 1, prototype: 2}\n${log()}`,
      ['FORBIDDEN_KEY 3:13', 'FORBIDDEN_KEY 3:29'],
    ],
  ])('%s', (_, text, expected) => expect(problems(text)).toEqual(expected))
})

describe('combinations that can not be', () => {
  const retry = (text: string) => log(`    retry: {${text}}\n`)
  it.each<Row>([
    ['prefill with defaults', inputs('id: a, type: STRING, prefill: x, defaults: y'), ['INVALID_VALUE 4:36']],
    ['defaults that need not be', inputs('id: a, type: STRING, required: false, defaults: y'), ['INVALID_VALUE 4:54']],
    ['least above most', inputs('id: a, type: INT, min: 5, max: 1'), ['INVALID_VALUE 4:29']],
    [
      'after behind before',
      inputs('id: a, type: DATE, after: "2030-01-02", before: "2030-01-01"'),
      ['INVALID_VALUE 4:32'],
    ],
    ['a bound that is no date', inputs('id: a, type: DATETIME, before: tomorrow'), ['INVALID_VALUE 4:37']],
    ['a choice of nothing', inputs('id: a, type: SELECT'), ['MISSING_PROPERTY 4:5']],
    ['a Switch of empty cases', task('flow.Switch', '    value: x\n    cases: {}\n'), ['MISSING_PROPERTY 7:12']],
    ['a Pause with an end for no time', task('flow.Pause', '    behavior: FAIL\n'), ['~INVALID_VALUE 6:15']],
    [
      'a Pause with two ends',
      task('flow.Pause', '    delay: PT1S\n    pauseDuration: PT2S\n'),
      ['~INVALID_VALUE 6:12'],
    ],
    [
      'flow control on pause',
      task(
        'flow.Pause',
        `    onPause: {id: z, type: ${core}.flow.Sequential, tasks: [{id: y, type: ${core}.log.Log, message: x}]}\n`,
      ),
      ['~NOT_SUPPORTED 6:28'],
    ],
    [
      'an end before the first retry',
      retry('type: constant, interval: PT10S, maxDuration: PT10S'),
      ['INVALID_VALUE 7:39'],
    ],
    [
      'a first wait over the longest',
      retry('type: exponential, interval: PT10S, maxInterval: PT5S'),
      ['INVALID_VALUE 7:42'],
    ],
    [
      'a shortest wait over the longest',
      retry('type: random, minInterval: PT10S, maxInterval: PT5S'),
      ['INVALID_VALUE 7:40'],
    ],
    ['a loop over null', task('flow.ForEach', `    values: [a, null]\n${held}`), ['INVALID_VALUE 6:17']],
    [
      'fewer than none at once',
      task('flow.ForEach', `    values: [a]\n    concurrencyLimit: -1\n${held}`),
      ['INVALID_VALUE 7:23'],
    ],
    ['runIf with when', log('    runIf: x\n    when: y\n'), ['~INVALID_VALUE 8:5']],
    [
      'a window of another kind',
      trigger('Flow', '    preconditions: {id: x, timeWindow: {type: SLIDING_WINDOW, deadline: "10:00:00"}}\n'),
      ['INVALID_VALUE 10:63'],
    ],
    [
      'a window without its end',
      trigger('Flow', '    preconditions: {id: x, timeWindow: {type: DAILY_TIME_WINDOW, startTime: "10:00:00"}}\n'),
      ['MISSING_PROPERTY 10:40'],
    ],
    [
      'a trigger without what the flow asks for',
      `inputs: [{id: a, type: INT}]\n${trigger('Schedule', '    cron: "@daily"\n')}`,
      ['~MISSING_PROPERTY 9:5'],
    ],
    [
      'a trigger that gives a wrong value',
      `inputs: [{id: a, type: INT}]\n${trigger('Schedule', '    cron: "@daily"\n    inputs: {a: many, b: 1}\n')}`,
      ['~INVALID_VALUE 12:17', '~UNKNOWN_VARIABLE 12:23'],
    ],
    [
      'defaults for nobody',
      `pluginDefaults: [{type: io.kestra.nope}, {type: ${core}.log.Log, values: {lvel: INFO}}]\n${log()}`,
      ['~UNKNOWN_TYPE 3:25', '~UNKNOWN_PROPERTY 3:89'],
    ],
  ])('%s', (_, text, expected) => expect(problems(text)).toEqual(expected))
})

describe('texts with a form of their own', () => {
  const schedule = (rest: string) => trigger('Schedule', rest)
  const polled = (rest: string) =>
    trigger('Webhook', `    ${rest}\n    uri: http://x\n`).replace('trigger.Webhook', 'http.Trigger')
  it.each<Row>([
    ['a cron of three fields', schedule('    cron: "* * *"\n'), ['INVALID_VALUE 10:11']],
    [
      'a zone, a duration and a word',
      schedule('    cron: "@daily"\n    timezone: Mars\n    lateMaximumDelay: 5m\n    recoverMissedSchedules: SOME\n'),
      ['INVALID_VALUE 11:15', 'INVALID_VALUE 12:23', 'INVALID_VALUE 13:29'],
    ],
    ['dates', trigger('ScheduleOnDates', '    dates: ["2030-03-31T18:00:00Z", tomorrow]\n'), ['INVALID_VALUE 10:37']],
    [
      'a date of no calendar',
      trigger('ScheduleOnDates', '    dates: ["2030-02-30T18:00:00Z"]\n'),
      ['INVALID_VALUE 10:13'],
    ],
    [
      'dates in another order, and one of them twice',
      trigger('ScheduleOnDates', '    dates: [2030-03-31, 2030-01-01, 2030-04-01, "2030-04-01T00:00:00Z"]\n'),
      ['~INVALID_VALUE 10:25', '~INVALID_VALUE 10:49'],
    ],
    ['a cron of a day that no year has', schedule('    cron: "0 0 30 2 *"\n'), ['INVALID_VALUE 10:11']],
    ['a cron of six fields without seconds', schedule('    cron: "0 0 0 * * *"\n'), ['INVALID_VALUE 10:11']],
    ['a cron to be rendered', schedule('    cron: "{{ vars.cron ?? 1 }}"\n'), ['INVALID_VALUE 10:11']],
    [
      'a condition with a property that it does not have, and one with a wrong word',
      schedule(
        `    cron: "@daily"\n    conditions:\n      - type: ${core}.condition.DayWeek\n        dayOfWeek: MONTAG\n        day: x\n`,
      ),
      ['INVALID_VALUE 13:20', 'UNKNOWN_PROPERTY 14:9'],
    ],
    [
      'the same of the older name',
      schedule(`    cron: "@daily"\n    scheduleConditions:\n      - {type: ${core}.condition.Weekend, day: x}\n`),
      ['UNKNOWN_PROPERTY 12:57'],
    ],
    [
      'a condition on executions',
      schedule(
        `    cron: "@daily"\n    conditions:\n      - type: ${core}.condition.Not\n        conditions:\n          - {type: ${core}.condition.ExecutionStatus, in: [FAILED]}\n`,
      ),
      ['~INVALID_VALUE 14:20'],
    ],
    [
      'ranges without an end, or with one that is none',
      schedule(
        `    cron: "@daily"\n    conditions:\n      - type: ${core}.condition.TimeBetween\n      - {type: ${core}.condition.TimeBetween, after: noon}\n      - {type: ${core}.condition.DateTimeBetween, before: 2030-13-01}\n      - type: ${core}.condition.PublicHoliday\n`,
      ),
      ['~INVALID_VALUE 12:15', 'INVALID_VALUE 13:68', 'INVALID_VALUE 14:73', '~INVALID_VALUE 15:15'],
    ],
    ['an interval too short', polled('interval: PT0.5S'), ['INVALID_VALUE 10:15']],
    ['an interval to be rendered', polled('interval: "{{ vars.x ?? 1 }}"'), ['INVALID_VALUE 10:15']],
    ['an interval that is none', polled('interval: often'), ['INVALID_VALUE 10:15']],
    ['an interval as short as may be', polled('interval: PT1S'), []],
    ['a validator that begins looking ahead', inputs('id: a, type: STRING, validator: "(?=x)x"'), []],
    ['a validator that looks behind', inputs('id: a, type: STRING, validator: "(?<=x)x"'), ['INVALID_VALUE 4:38']],
    [
      'a filter of a trigger',
      trigger(
        'Flow',
        '    preconditions: {id: x, where: [{id: w, filters: [{field: FLOW_ID, type: REGEX, value: "["}]}]}\n',
      ),
      ['INVALID_VALUE 10:91'],
    ],
    ['a pattern in a template', log().replace('hi', `"{{ 'a' | split('[') }}"`), ['WRONG_ARGUMENTS 6:24']],
    ['a size', task('storage.Split', '    from: x\n    bytes: 10XB\n'), ['INVALID_VALUE 7:12']],
    ['a number as an id', `${log().replace('id: ok', 'id: 12')}`, []],
  ])('%s', (_, text, expected) => expect(problems(text)).toEqual(expected))
})

it('says what is too long, and by how much', () => {
  const { diagnostics } = parseFlow(`${head}${log().replace('id: ok', `id: ${'x'.repeat(300)}`)}`, catalog)
  expect(diagnostics.map(({ message }) => message)).toEqual(['takes at most 256 characters, got 300'])
})
