import { describe, expect, test } from 'vitest'
import { catalog } from '#catalog/manifests'
import { compile } from '../compile'
import { parseFlow } from '../parse'
import type { StepOf } from '../plan'
import { templateFacts } from './template-facts'

describe('what is read only at the values around', () => {
  test.each([
    ['{{ outputs.a[taskrun.value].value }}', ['a']],
    ["{{ outputs['a'][parent.taskrun.value].value }}", ['a']],
    ['{{ outputs.a[parents[1].taskrun.value][taskrun.value].x }}', ['a']],
    ['{{ tasks.a[taskrun.value].state }}', ['a']],
    ['{{ currentEachOutput(outputs.a).value }}', ['a']],
    ['{{ outputs.a.value }}', []],
    ['{{ outputs.a[taskrun.value] }} {{ outputs.a | length }}', []],
    ['{{ outputs.a[taskrun.iteration] }}', []],
    ['{{ outputs.a[outputs.b[taskrun.value].key] }}', ['b']],
    ["{{ outputs.a['taskrun.value'] }}", []],
    ['{{ other.a[taskrun.value] }}', []],
  ])('%s', (template, own) => {
    expect(templateFacts(template).readsOwn).toEqual(own)
  })
})

function planOf(tasks: object[], more: object = {}) {
  const { flow, diagnostics } = parseFlow(JSON.stringify({ id: 'f', namespace: 'a.b', tasks, ...more }), catalog)
  if (flow === null) throw new Error(JSON.stringify(diagnostics))
  return compile(flow, catalog)
}

const core = 'io.kestra.plugin.core'
const returns = (id: string, format: string) => ({ id, type: `${core}.debug.Return`, format })
const each = (...tasks: object[]) => ({ id: 'each', type: `${core}.flow.ForEach`, values: [1, 2], tasks })
const ownLoop = each(returns('a', 'x'), returns('b', '{{ outputs.a[taskrun.value].value }}'))

describe('what an execution keeps', () => {
  test.each([
    ['what is read anywhere', [returns('a', 'x'), returns('b', '{{ outputs.a.value }}')], {}, ['a']],
    [
      'what a flow hands out',
      [returns('a', 'x')],
      { outputs: [{ id: 'o', type: 'STRING', value: '{{ outputs.a.value }}' }] },
      ['a'],
    ],
    ['all, where only the running flow can tell', [returns('a', '{{ outputs }}')], {}, undefined],
    [
      'what a condition reads',
      [
        returns('a', 'x'),
        { id: 'i', type: `${core}.flow.LoopUntil`, condition: '{{ outputs.a.value }}', tasks: [returns('c', 'x')] },
      ],
      {},
      ['a'],
    ],
  ])('%s', (_name, tasks, more, reads) => {
    expect(planOf(tasks, more).reads).toEqual(reads)
  })

  test.each([
    ['what only its own iteration reads', [ownLoop], ['a']],
    ['not what a later task reads', [ownLoop, returns('c', '{{ outputs.a }}')], undefined],
    [
      'not what a later loop reads at its own values',
      [ownLoop, { ...each(returns('c', '{{ outputs.a[taskrun.value] }}')), id: 'again' }],
      undefined,
    ],
  ])('a ForEach forgets %s', (_name, tasks, forgets) => {
    expect((planOf(tasks).steps[0] as StepOf<'forEach'>).forgets).toEqual(forgets)
  })
})
