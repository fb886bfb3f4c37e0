import { describe, expect, it } from 'vitest'
import { catalog } from '#catalog/manifests'
import type { ConditionContext } from '#language/define-plugin'
import type { JsonObject } from '#language/json'
import type { ActivityDependencies } from '../activities/dependencies'
import type { LoadedFlow } from '../starts/load-flow'
import { createConditionRender } from './condition-render'
import { conditionsHold } from './conditions-hold'

type Case = [condition: JsonObject, variables: JsonObject | string, expected: boolean | RegExp]

const execution: NonNullable<ConditionContext['execution']> = {
  id: 'e1',
  namespace: 'company.data',
  flowId: 'import',
  state: 'WARNING',
  labels: [
    { key: 'team', value: 'data' },
    { key: 'env', value: 'prod' },
  ],
  outputs: { count: 3 },
  retriedStates: ['FAILED', 'SUCCESS'],
}

/** What each condition says; a text stands for the trigger's date, `execution` for one that is followed. */
const cases: Readonly<Record<string, Case[]>> = {
  DateTimeBetween: [
    [{ after: '2026-01-01T00:00:00Z' }, '2026-01-01T00:00:00Z', true],
    [{ after: '2026-01-01T00:00:00Z' }, '2026-01-01T00:30:00+01:00', false],
    [{ before: '2026-01-01T00:00:00Z' }, '2026-01-01T00:00:00Z', true],
    [{ before: '2026-01-01T00:00:00Z' }, '2026-01-01T00:00:01Z', false],
    [{ after: '2026-01-01T00:00:00Z', before: '2026-12-31T23:59:59Z' }, '2026-06-01T00:00:00Z', true],
    [{ after: '{{ trigger.from }}' }, { date: '2026-01-01T00:00:00Z', from: '2027-01-01T00:00:00Z' }, false],
    [{ after: '2026-01-01T00:00:00Z', date: '2025-01-01T00:00:00Z' }, '2026-06-01T00:00:00Z', false],
    [{}, '2026-06-01T00:00:00Z', /needs "after", "before" or both/],
    [{ after: 'soon' }, '2026-06-01T00:00:00Z', /after: not a date; write one/],
  ],
  TimeBetween: [
    [{ after: '08:00:00Z', before: '18:00:00Z' }, '2026-01-01T12:00:00Z', true],
    [{ after: '08:00:00Z', before: '18:00:00Z' }, '2026-01-01T08:00:00Z', false],
    [{ after: '08:00:00Z', before: '18:00:00Z' }, '2026-01-01T18:00:00Z', false],
    [{ after: '16:00:00+02:00', before: '20:00:00+02:00' }, '2026-01-01T15:00:00Z', true],
    [{ after: '16:00:00+02:00', before: '20:00:00+02:00' }, '2026-01-01T19:00:00+01:00', false],
    [{ after: '08:00' }, '2026-07-01T09:30:00+02:00', true],
    [{ after: '08:00' }, '2026-07-01T07:30:00+02:00', false],
    [{ before: '08:00:00-05:00' }, '2026-07-01T12:59:00Z', true],
    [{ before: '08:00:00-05:00' }, '2026-07-01T13:00:00Z', false],
    [{ after: '22:00:00Z', before: '06:00:00Z' }, '2026-07-01T01:00:00Z', true],
    [{ after: '22:00:00Z', before: '06:00:00Z' }, '2026-07-01T12:00:00Z', false],
    [{ after: 'noon' }, '2026-07-01T12:00:00Z', /after: not a time of day; write one/],
    [{}, '2026-07-01T12:00:00Z', /needs "after", "before" or both/],
  ],
  DayWeek: [
    [{ dayOfWeek: 'MONDAY' }, '2026-11-30T23:30:00-05:00', true],
    [{ dayOfWeek: 'TUESDAY' }, '2026-11-30T23:30:00-05:00', false],
    [{ dayOfWeek: 'monday', date: '2026-11-30' }, '2026-11-29T00:00:00Z', true],
    [{ dayOfWeek: '{{ vars.day }}' }, '2026-11-30T00:00:00Z', true],
    [{ dayOfWeek: '{{ trigger.date }}' }, '2026-11-30T00:00:00Z', /dayOfWeek: Invalid option/],
  ],
  DayWeekInMonth: [
    [{ dayOfWeek: 'MONDAY', dayInMonth: 'FIRST' }, '2026-11-02T00:00:00Z', true],
    [{ dayOfWeek: 'MONDAY', dayInMonth: 'FIRST' }, '2026-11-09T00:00:00Z', false],
    [{ dayOfWeek: 'MONDAY', dayInMonth: 'SECOND' }, '2026-11-09T00:00:00Z', true],
    [{ dayOfWeek: 'MONDAY', dayInMonth: 'THIRD' }, '2026-11-16T00:00:00Z', true],
    [{ dayOfWeek: 'MONDAY', dayInMonth: 'FOURTH' }, '2026-11-23T00:00:00Z', true],
    [{ dayOfWeek: 'MONDAY', dayInMonth: 'LAST' }, '2026-11-30T00:00:00Z', true],
    [{ dayOfWeek: 'MONDAY', dayInMonth: 'LAST' }, '2026-11-23T00:00:00Z', false],
    [{ dayOfWeek: 'SUNDAY', dayInMonth: 'LAST' }, '2026-11-30T00:00:00Z', false],
  ],
  Weekend: [
    [{}, '2026-11-28T12:00:00Z', true],
    [{}, '2026-11-29T23:59:59-08:00', true],
    [{}, '2026-11-30T00:00:00+09:00', false],
    [{ date: "{{ trigger.date | dateAdd(-1, 'DAYS') }}" }, '2026-11-30T00:00:00Z', true],
    [{}, {}, false],
  ],
  PublicHoliday: [
    [{ country: 'FR' }, '2026-07-14T11:00:00+02:00', true],
    [{ country: 'fr' }, '2026-07-13T23:00:00Z', false],
    [{ country: 'DE' }, '2026-01-06T11:00:00+01:00', false],
    [{ country: 'DE', subDivision: 'BY' }, '2026-01-06T00:00:00+01:00', true],
    [{ country: 'DE', subDivision: 'de-by' }, '2026-01-06T23:59:59+01:00', true],
    [{ country: 'XX' }, '2026-01-06T00:00:00Z', /no holidays of "XX" are known/],
    [{ country: 'DE', subDivision: 'ZZ' }, '2026-01-06T00:00:00Z', /DE has no part "ZZ"/],
    [{}, '2026-01-06T00:00:00Z', /needs a country/],
  ],
  Expression: [
    [{ expression: '{{ 1 == 1 }}' }, '', true],
    [{ expression: '{{ vars.day == "x" }}' }, '', false],
    [{ expression: '  ' }, '', false],
    [{ expression: 'false' }, '', false],
    [{ expression: '{{ nothing }}' }, '', /Unable to find `nothing`/],
    [{ expression: "{{ secret('A') }}" }, '', /secret\(\) can't be used in a condition/],
  ],
  Not: [
    [{ conditions: [condition('Weekend')] }, '2026-11-30T00:00:00Z', true],
    [{ conditions: [condition('Weekend')] }, '2026-11-29T00:00:00Z', false],
    [
      { conditions: [condition('Weekend'), condition('DayWeek', { dayOfWeek: 'MONDAY' })] },
      '2026-11-30T00:00:00Z',
      false,
    ],
  ],
  Or: [
    [
      { conditions: [condition('Weekend'), condition('DayWeek', { dayOfWeek: 'MONDAY' })] },
      '2026-11-30T00:00:00Z',
      true,
    ],
    [
      { conditions: [condition('Weekend'), condition('Expression', { expression: '' })] },
      '2026-11-30T00:00:00Z',
      false,
    ],
  ],
  ExecutionStatus: [
    [{ in: ['SUCCESS', 'WARNING'] }, 'execution', true],
    [{ in: ['SUCCESS'] }, 'execution', false],
    [{ notIn: ['WARNING'] }, 'execution', false],
    [{}, 'execution', true],
    [{ in: ['SUCCESS'] }, '2026-11-30T00:00:00Z', /fits only a trigger that follows executions/],
  ],
  ExecutionFlow: [
    [{ namespace: 'company.data', flowId: 'import' }, 'execution', true],
    [{ namespace: 'company', flowId: 'import' }, 'execution', false],
    [{ namespace: 'company.data', flowId: 'export' }, 'execution', false],
  ],
  FlowCondition: [
    [{ namespace: 'company.data', flowId: 'import' }, 'execution', true],
    [{ namespace: 'company.data', flowId: 'export' }, 'execution', false],
  ],
  ExecutionNamespace: [
    [{ namespace: 'company.data' }, 'execution', true],
    [{ namespace: 'company' }, 'execution', false],
    [{ namespace: 'company', prefix: true }, 'execution', true],
    [{ namespace: 'company', comparison: 'PREFIX' }, 'execution', true],
    [{ namespace: 'company', comparison: 'EQUALS', prefix: true }, 'execution', false],
    [{ namespace: '.data', comparison: 'SUFFIX' }, 'execution', true],
  ],
  FlowNamespaceCondition: [
    [{ namespace: 'company', prefix: true }, 'execution', true],
    [{ namespace: 'company' }, 'execution', false],
  ],
  ExecutionLabels: [
    [{ labels: { team: 'data' } }, 'execution', true],
    [
      {
        labels: [
          { key: 'team', value: 'data' },
          { key: 'env', value: 'test' },
        ],
      },
      'execution',
      false,
    ],
    [{ labels: { team: '{{ vars.day }}' } }, 'execution', false],
  ],
  ExecutionOutputs: [
    [{ expression: '{{ trigger.outputs.count == 3 }}' }, 'execution', true],
    [{ expression: '{{ trigger.outputs.count > 3 }}' }, 'execution', false],
  ],
  HasRetryAttempt: [
    [{ in: ['FAILED'] }, 'execution', true],
    [{ in: ['KILLED'] }, 'execution', false],
    [{ in: ['FAILED'], notIn: ['FAILED'] }, 'execution', false],
    [{ notIn: ['FAILED'] }, 'execution', true],
  ],
}

describe('conditions', () => {
  const tested = Object.entries(cases).flatMap(([name, list]) => list.map(each => [name, ...each] as const))

  it.each(tested)('%s %j of %j: %s', (name, properties, of, expected) => {
    const ask = () => asked({ conditions: [condition(name, properties)] }, of)
    if (typeof expected === 'boolean') expect(ask()).toBe(expected)
    else expect(ask).toThrow(expected)
  })

  it('are all tested', () => {
    const all = catalog.all().filter(({ kind }) => kind === 'condition')
    // Counts executions over a time, which no single one tells.
    const names = all.map(({ type }) => type.split('.').at(-1)).filter(name => name !== 'MultipleCondition')
    expect(Object.keys(cases).toSorted()).toEqual(names.toSorted())
  })

  it('hold all, together with `when`', () => {
    const weekend = condition('Weekend')
    const of = '2026-11-28T00:00:00Z'
    expect(asked({}, of)).toBe(true)
    expect(asked({ conditions: [weekend], when: "{{ dayOfWeek(trigger.date) == 'SATURDAY' }}" }, of)).toBe(true)
    expect(asked({ conditions: [weekend], when: "{{ isPublicHoliday(trigger.date, 'FR') }}" }, of)).toBe(false)
    expect(asked({ conditions: [condition('Not', { conditions: [weekend] })], when: 'true' }, of)).toBe(false)
  })
})

function condition(name: string, properties: JsonObject = {}): JsonObject {
  return { type: `io.kestra.plugin.core.condition.${name}`, ...properties }
}

function asked(trigger: JsonObject, of: JsonObject | string): boolean {
  const isExecution = of === 'execution'
  const variables = typeof of === 'object' ? of : isExecution ? {} : { date: of }
  const loaded = {
    flow: { labels: [] },
    plan: { flow: { namespace: 'company.team', id: 'it', revision: 1 }, variables: { day: 'MONDAY' } },
  } as unknown as LoadedFlow
  const ref = { tenantId: 't', namespace: 'company.team', flowId: 'it' }
  const render = createConditionRender({ serverVariables: {} } as ActivityDependencies, { ref, loaded, variables })
  const date = new Date('2026-11-30T00:00:00Z')
  return conditionsHold(catalog, trigger, { date, render, ...(isExecution ? { execution } : {}) })
}
