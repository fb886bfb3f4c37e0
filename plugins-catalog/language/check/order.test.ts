import { expect, it } from 'vitest'
import { catalog } from '#catalog/manifests'
import { parseFlow } from '../parse'

const core = 'io.kestra.plugin.core'

function returns(id: string, format: string) {
  return { id, type: `${core}.debug.Return`, format }
}

function until(condition: string, ...tasks: object[]) {
  return { id: 'wait', type: `${core}.flow.LoopUntil`, condition, checkFrequency: { interval: 'PT1S' }, tasks }
}

it.each<[name: string, tasks: object[], expected: string[]]>([
  ['the count of its own rounds', [until('{{ outputs.wait.iterationCount >= 3 }}', returns('a', 'x'))], []],
  ['an output it does not give', [until('{{ outputs.wait.count >= 3 }}', returns('a', 'x'))], ['UNKNOWN_VARIABLE']],
  ['a task that it holds', [until("{{ outputs.a.value == 'x' }}", returns('a', 'x'))], []],
  ['the count from within', [until('{{ true }}', returns('a', '{{ outputs.wait.iterationCount }}'))], []],
  ['a task of the round before', [until('{{ true }}', returns('a', '{{ outputs.b.value }}'), returns('b', 'x'))], []],
  ['itself in the round before', [until('{{ true }}', returns('a', '{{ outputs.a.value }}'))], []],
  ['a task after it', [until('{{ outputs.b.value }}', returns('a', 'x')), returns('b', 'x')], ['TASK_NOT_BEFORE']],
  ['itself outside of a loop', [returns('a', '{{ outputs.a.value }}')], ['TASK_NOT_BEFORE']],
])('a LoopUntil or its task reads %s', (_, tasks, expected) => {
  const { diagnostics } = parseFlow(JSON.stringify({ id: 'test', namespace: 'company.team', tasks }), catalog)
  expect(diagnostics.map(({ code }) => code)).toEqual(expected)
})

it.each([
  [1, []],
  [2, ['TASK_NOT_BEFORE']],
])('in a Parallel of %i at a time a task reads the one before it', (concurrent, expected) => {
  const tasks = [returns('a', 'x'), returns('b', '{{ outputs.a.value }}')]
  const parallel = { id: 'p', type: `${core}.flow.Parallel`, concurrent, tasks }
  const { diagnostics } = parseFlow(JSON.stringify({ id: 'test', namespace: 'a', tasks: [parallel] }), catalog)
  expect(diagnostics.map(({ code }) => code)).toEqual(expected)
})
