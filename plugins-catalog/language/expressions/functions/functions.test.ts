import { describe, expect, test } from 'vitest'
import { renderTyped, type Scope } from '../index'
import { env, errorsTable, nowMs, valuesTable } from '../testing'

const scope: Scope = {
  vars: {
    greeting: 'Hi {{ inputs.name }}',
    twice: '{{ vars.greeting }}',
    map: { '{{ inputs.name }}': ['{{ 1 + 1 }}', 3] },
  },
  inputs: { name: 'Ann' },
  envs: { region: 'eu', blank: '' },
  tasks: { a: { state: 'FAILED' }, b: { x: { state: 'failed' }, y: { state: 'SUCCESS' } }, c: { state: 'SUCCESS' } },
  parents: [{ taskrun: { value: 'inner' } }, { taskrun: { value: 'outer' } }],
  taskrun: { value: 'mine' },
  outputs: {
    first: { outer: { inner: { mine: { value: 7 } } } },
    loop: { outputs: [{ outputs: { v: 1 } }, { outputs: {} }] },
  },
}

describe('data', () => {
  valuesTable([
    ['max(1, 3, 2)', 3],
    ['min(3, 1.5)', 1.5],
    ['max("a", "b")', 'b'],
    ['range(1, 3)', [1, 2, 3]],
    ['range(start=3, end=1, increment=-1)', [3, 2, 1]],
    ['range("a", "e", 2)', ['a', 'c', 'e']],
  ])
  errorsTable([
    ['range(1, 5, 0)', 'The step of a range'],
    ['max(1, "a")', 'comparison'],
    ['nothing()', 'Function or Macro [nothing] does not exist'],
  ])
})

describe('dates', () => {
  valuesTable([
    ['now()', '2023-11-14T22:13:20.123000Z'],
    ['now("yyyy-MM-dd")', '2023-11-14'],
    ['now(timeZone="Europe/Paris", format="HH:mm")', '23:13'],
    ['dayOfWeek("2025-01-06T00:30:00+02:00")', 'MONDAY'],
    ['hourOfDay("2025-01-06T00:30:00+02:00")', 0],
    ['dayOfMonth("2025-01-06")', 6],
    ['monthOfYear("2025-12-31T23:59:59Z")', 12],
    ['isWeekend("2024-02-05")', false],
    ['isDateAfter("2024-02-03T00:00:00.000000002Z", "2024-02-03T00:00:00.000000001Z")', true],
    ['isDateBefore(date="2024-02-03", reference="2024-02-03")', false],
    ['isDateBetween("2024-02-04", "2024-02-01", "2024-02-04")', false],
    ['isDayWeekInMonth("2024-02-26", "monday", "LAST")', true],
    ['isDayWeekInMonth("2024-02-26", "MONDAY", "FOURTH")', true],
    ['isDayWeekInMonth("2024-02-12", "MONDAY", "THIRD")', false],
    ['isDayWeekInMonth(date="2024-02-13", dayOfWeek="MONDAY", position="SECOND")', false],
    ['isLastWorkingDay("2024-06-28")', true],
    ['isLastWorkingDay("2024-06-30", "SATURDAY, SUNDAY")', true],
    ['isLastWorkingDay("2024-06-30")', false],
  ])
  errorsTable([
    ['isDayWeekInMonth("2024-02-12", "MON", "FIRST")', "Unknown day 'MON'"],
    ['isDayWeekInMonth("2024-02-12", "MONDAY", "FIFTH")', "Unknown position 'FIFTH'"],
    ['dayOfWeek("x")', 'could not be parsed'],
  ])
})

describe('context', () => {
  valuesTable(
    [
      ['render(vars.greeting)', 'Hi Ann'],
      ['render(vars.twice)', 'Hi Ann'],
      ['render(vars.twice, recursive=false)', 'Hi {{ inputs.name }}'],
      ['renderOnce(vars.twice)', 'Hi {{ inputs.name }}'],
      ['render(vars.map)', { Ann: ['2', 3] }],
      ['render(12)', 12],
      ['env("region")', 'eu'],
      ['env("blank", "x")', 'x'],
      ['env(name="missing")', null],
      [
        'tasksWithState("failed")',
        [
          { state: 'FAILED', taskId: 'a' },
          { state: 'FAILED', value: 'x', taskId: 'b' },
        ],
      ],
      [
        'tasksWithState("failed") | toJson',
        '[{"state":"FAILED","taskId":"a"},{"state":"FAILED","value":"x","taskId":"b"}]',
      ],
      ['currentEachOutput(outputs.first)', { value: 7 }],
      ['loopOutputs(outputs.loop.outputs, "v")', [1, null]],
      ['printContext().inputs.name', 'Ann'],
      ['fetchContext() | keys | length', 7],
    ],
    scope,
  )

  test('render sees what the template has bound', () => {
    expect(renderTyped('{% set x = 5 %}{{ render("{{ x }}") }}', {}, env)).toBe('5')
  })

  errorsTable(
    [
      ['render("{{ missing }}")', 'Unable to find `missing` used in the expression `{{ missing }}` at line 1'],
      ['render("{{")', 'Not closed'],
      ['currentEachOutput(1)', "expects an argument 'outputs' with type map"],
      ['loopOutputs(1, "a")', "expects 'outputs' to be a list"],
    ],
    scope,
  )
})

describe('randomness comes from the environment', () => {
  const seeded = (seed: number) => {
    let state = seed
    const random = () => {
      state = (state * 16807) % 2147483647
      return state / 2147483647
    }
    return { nowMs, random }
  }
  const rows: [string, RegExp][] = [
    ['uuid()', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
    ['id()', /^[0-9A-Za-z]{22}$/],
    ['ksuid()', /^[0-9A-Za-z]{27}$/],
    ['nanoId()', /^[\w-]{21}$/],
    ['nanoId(length=5, alphabet="ab")', /^[ab]{5}$/],
    ['randomInt(lower=10, upper=12)', /^1[01]$/],
    ['randomInt(2, 2)', /^2$/],
    ['randomPort()', /^\d{5}$/],
  ]
  test.each(rows)('%s', (expression, shape) => {
    const render = (seed: number) => String(renderTyped(`{{ ${expression} }}`, {}, seeded(seed)))
    expect(render(7)).toMatch(shape)
    expect(render(7)).toBe(render(7))
  })

  test('two random ids differ', () => {
    expect(renderTyped('{{ uuid() == uuid() or id() == id() or ksuid() == ksuid() }}', {}, seeded(7))).toBe(false)
  })

  errorsTable([
    ['randomInt(2, 1)', '`upper` must not be less than `lower`'],
    ['nanoId(length=0)', 'a length of 1 to'],
    ['nanoId(alphabet="")', 'needs an alphabet'],
  ])
})
