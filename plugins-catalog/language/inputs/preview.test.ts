import { expect, it } from 'vitest'
import { renderTyped } from '../expressions/index'
import { Inputs, previewInputs } from '../inputs'
import type { Json, JsonObject } from '../json'

const inputs = Inputs.parse([
  { id: 'cloud', type: 'SELECT', values: ['aws', 'own'] },
  {
    id: 'region',
    type: 'SELECT',
    autoSelectFirst: true,
    expression: "{{ inputs.cloud == 'aws' ? ['eu-1', 'us-1'] : [{'label': 'Cellar', 'value': 'cellar'}] }}",
    dependsOn: { inputs: ['cloud'] },
  },
  { id: 'size', type: 'INT', defaults: '{{ 1 + 1 }}' },
  { id: 'why', type: 'STRING', dependsOn: { inputs: ['cloud'], condition: "{{ inputs.cloud == 'own' }}" } },
])

function render(template: Json, scope: { inputs: JsonObject }): Json {
  return renderTyped(String(template), scope, { nowMs: 0, random: () => 0 })
}

it.each<[given: JsonObject, asked: string[], regions: Json | undefined, first: Json]>([
  [{}, ['cloud', 'size'], undefined, null],
  [{ cloud: null }, ['cloud', 'size'], undefined, null],
  [{ cloud: 'aws' }, ['cloud', 'region', 'size'], ['eu-1', 'us-1'], 'eu-1'],
  [{ cloud: 'own' }, ['cloud', 'region', 'size', 'why'], [{ label: 'Cellar', value: 'cellar' }], 'cellar'],
  [
    { cloud: 'own', region: 'cellar' },
    ['cloud', 'region', 'size', 'why'],
    [{ label: 'Cellar', value: 'cellar' }],
    null,
  ],
])('after %j it asks for %j', (given, asked, regions, first) => {
  const preview = previewInputs(inputs, given, { render })
  expect(preview.filter(({ isEnabled }) => isEnabled).map(({ id }) => id)).toEqual(asked)
  const region = preview.find(({ id }) => id === 'region')
  expect(region?.choices).toEqual(regions)
  expect(region?.fallback).toEqual(first)
  expect(preview.find(({ id }) => id === 'size')?.fallback).toBe(2)
})
