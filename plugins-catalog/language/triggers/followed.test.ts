import { describe, expect, it } from 'vitest'
import { catalog } from '#catalog/manifests'
import type { JsonObject } from '../json'
import { followedFlows, followRule, surelyFollowed } from './followed'

const type = 'io.kestra.plugin.core.trigger.Flow'
const condition = (kind: string, rest: JsonObject) => ({ type: `io.kestra.plugin.core.condition.${kind}`, ...rest })
const ofA = condition('ExecutionFlow', { namespace: 'n', flowId: 'a' })
const a = { namespace: 'n', flowId: 'a' }
const b = { namespace: 'n', flowId: 'b' }
const flows = (...list: JsonObject[]) => ({ preconditions: { id: 'p', flows: list } })
const where = (operand: string, ...filters: [field: string, type: string, value: string][]) => ({
  preconditions: {
    id: 'p',
    where: [{ id: 'w', operand, filters: filters.map(([field, type, value]) => ({ field, type, value })) }],
  },
})
const multiple = (...conditions: JsonObject[]) =>
  condition('MultipleCondition', {
    id: 'm',
    conditions: Object.fromEntries(conditions.map((each, i) => [`c${i}`, each])),
  })

/** What it may start after, and what it surely starts after. */
type Case = [name: string, trigger: JsonObject, followed: string[], surely: string[]]

const cases: Case[] = [
  ['nothing named', {}, ['*'], []],
  ['a flow by a condition', { conditions: [ofA] }, ['n/a'], ['n/a']],
  ['and a state', { conditions: [ofA, condition('ExecutionStatus', { in: ['SUCCESS'] })] }, ['n/a'], ['n/a']],
  ['and another state', { conditions: [ofA, condition('ExecutionStatus', { in: ['FAILED'] })] }, ['n/a'], []],
  ['and all but a state', { conditions: [ofA, condition('ExecutionStatus', { notIn: ['SUCCESS'] })] }, ['n/a'], []],
  ['and a doubt', { conditions: [ofA, condition('Expression', { expression: '{{ x }}' })] }, ['n/a'], []],
  ['and an expression', { conditions: [ofA], when: '{{ x }}' }, ['n/a'], []],
  ['one of two', { conditions: [condition('Or', { conditions: [ofA, { ...ofA, flowId: 'b' }] })] }, ['n/a', 'n/b'], []],
  ['any but one', { conditions: [condition('Not', { conditions: [ofA] })] }, ['*'], []],
  ['a namespace', { conditions: [condition('ExecutionNamespace', { namespace: 'n' })] }, ['n/*'], []],
  [
    'what begins so',
    { conditions: [condition('ExecutionNamespace', { namespace: 'n', comparison: 'PREFIX' })] },
    ['*'],
    [],
  ],
  ['a rendered name', { conditions: [{ ...ofA, flowId: '{{ x }}' }] }, ['n/*'], []],
  ['a flow', flows(a), ['n/a'], ['n/a']],
  ['several flows', flows(a, b), ['n/a', 'n/b'], []],
  ['one flow twice', flows(a, a), ['n/a'], ['n/a']],
  ['a flow and its state', flows({ ...a, states: ['SUCCESS', 'FAILED'] }), ['n/a'], ['n/a']],
  ['a flow and another state', flows({ ...a, states: ['FAILED'] }), ['n/a'], []],
  ['a flow and its labels', flows({ ...a, labels: { x: 'y' } }), ['n/a'], []],
  ['all of a namespace', flows({ namespace: 'n' }), ['n/*'], []],
  ['filters', where('AND', ['NAMESPACE', 'EQUAL_TO', 'n'], ['FLOW_ID', 'EQUAL_TO', 'a']), ['n/a'], []],
  ['filters, one of them', where('OR', ['NAMESPACE', 'EQUAL_TO', 'n'], ['FLOW_ID', 'EQUAL_TO', 'a']), ['*'], []],
  ['filters by parts', where('AND', ['NAMESPACE', 'STARTS_WITH', 'n'], ['FLOW_ID', 'EQUAL_TO', 'a']), ['*'], []],
  ['Kestra 2', { dependsOn: [a] }, ['n/a'], ['n/a']],
  ['Kestra 2, an expression', { dependsOn: [{ ...a, when: '{{ x }}' }] }, ['n/a'], []],
  ['Kestra 2, any of several', { dependsOn: [a, b], mode: 'ANY' }, ['n/a', 'n/b'], ['n/a', 'n/b']],
  ['several by a condition', { conditions: [multiple(ofA, { ...ofA, flowId: 'b' })] }, ['n/a', 'n/b'], []],
  ['one by such a condition', { conditions: [multiple(ofA)] }, ['n/a'], ['n/a']],
  [
    'a narrow one beside a wide one',
    { conditions: [condition('ExecutionNamespace', { namespace: 'n' })], ...flows(a) },
    ['n/a'],
    [],
  ],
  ['failures alone', { states: ['FAILED'], ...flows(a) }, ['n/a'], []],
  ['disabled', { disabled: true, ...flows(a) }, ['n/a'], []],
]

describe('what a trigger follows', () => {
  it.each(cases)('%s', (_name, written, followed, surely) => {
    const trigger = { id: 't', type, ...written }
    const rule = followRule(catalog, trigger)!
    expect(followedFlows(rule)).toEqual(followed)
    expect(surelyFollowed(trigger, rule).map(({ namespace, flowId }) => `${namespace}/${flowId}`)).toEqual(surely)
  })

  it('is nothing for other triggers, and for those that are wrong', () => {
    expect(
      followRule(catalog, { id: 't', type: 'io.kestra.plugin.core.trigger.Schedule', cron: '@daily' }),
    ).toBeUndefined()
    expect(followRule(catalog, { id: 't', type, preconditions: { flows: 1 } })).toBeUndefined()
  })
})
