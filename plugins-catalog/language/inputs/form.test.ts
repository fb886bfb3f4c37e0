import { describe, expect, it } from 'vitest'
import { catalog } from '#catalog/manifests'
import { renderTyped } from '../expressions/index'
import { Inputs, resolveInputs } from '../inputs'
import type { Json, JsonObject } from '../json'
import { parseFlow } from '../parse'

const environment = {
  id: 'environment',
  type: 'FORM',
  displayName: 'Where',
  inputs: [
    { id: 'region', type: 'SELECT', values: ['eu', 'us'] },
    {
      id: 'zone',
      type: 'STRING',
      dependsOn: { inputs: ['environment.region'], condition: "{{ inputs.environment.region == 'eu' }}" },
    },
  ],
}

function render(template: Json, scope: { inputs: JsonObject }): Json {
  return renderTyped(String(template), scope, { nowMs: 0, random: () => 0 })
}

describe('a form', () => {
  it('is its inputs, called after it', () => {
    expect(Inputs.parse([environment]).map(({ id, form }) => [id, form?.displayName])).toEqual([
      ['environment.region', 'Where'],
      ['environment.zone', 'Where'],
    ])
  })

  it.each<[given: JsonObject, values: JsonObject, enabled: string[], problems: string[]]>([
    [
      { environment: { region: 'eu', zone: 'a' } },
      { environment: { region: 'eu', zone: 'a' } },
      ['region', 'zone'],
      [],
    ],
    [{ 'environment.region': 'us' }, { environment: { region: 'us' } }, ['region'], []],
    [{ environment: { region: 'eu' } }, { environment: { region: 'eu', zone: null } }, ['region', 'zone'], ['zone']],
    [{ environment: { region: 'asia' } }, { environment: { region: null } }, ['region'], ['region']],
  ])('given %j it gives %j', (given, values, enabled, problems) => {
    const resolved = resolveInputs(Inputs.parse([environment]), given, { render })
    expect(resolved.values).toEqual(values)
    expect(resolved.enabled).toEqual(enabled.map(id => `environment.${id}`))
    expect(resolved.problems.map(({ input }) => input)).toEqual(problems.map(id => `environment.${id}`))
  })

  it('is asked for only where what it depends on is there', () => {
    const form = { ...environment, dependsOn: { inputs: ['remote'], condition: '{{ inputs.remote }}' } }
    const inputs = Inputs.parse([{ id: 'remote', type: 'BOOL' }, form])
    expect(resolveInputs(inputs, { remote: false }, { render })).toMatchObject({ enabled: ['remote'], problems: [] })
  })
})

describe('a form in a flow', () => {
  const flow = (message: string, inputs: object[]) =>
    JSON.stringify({
      id: 'test',
      namespace: 'company.team',
      inputs,
      tasks: [{ id: 'a', type: 'io.kestra.plugin.core.log.Log', message }],
    })
  const child = (rest: object) => ({
    id: 'f',
    type: 'FORM',
    inputs: [
      { id: 'a', type: 'STRING' },
      { id: 'b', type: 'INT', ...rest },
    ],
  })
  it.each<[name: string, inputs: object[], message: string, expected: string[]]>([
    ['read by form and name', [environment], '{{ inputs.environment.region | upper }}', []],
    ['read by name alone', [environment], '{{ inputs.region }}', ['~UNKNOWN_VARIABLE tasks.0.message']],
    ['misspelt', [environment], '{{ inputs.environment.regoin }}', ['~UNKNOWN_VARIABLE tasks.0.message']],
    [
      'a sibling by its name alone',
      [child({ dependsOn: { inputs: ['a'] } })],
      'x',
      ['INVALID_VALUE inputs.0.inputs.1.dependsOn.inputs.0'],
    ],
    ['a default of the wrong type', [child({ defaults: 'many' })], 'x', ['INVALID_VALUE inputs.0.inputs.1.defaults']],
    ['an unknown property', [child({ deflauts: 1 })], 'x', ['UNKNOWN_PROPERTY inputs.0.inputs.1.deflauts']],
    [
      'a form in a form',
      [{ id: 'f', type: 'FORM', inputs: [child({})] }],
      'x',
      ['INVALID_VALUE inputs.0.inputs.0.type'],
    ],
    ['nothing in it', [{ id: 'f', type: 'FORM', inputs: [] }], 'x', ['INVALID_VALUE inputs.0.inputs']],
    ['two of one name', [environment, environment], 'x', ['DUPLICATE_ID inputs.1.id']],
  ])('%s', (_, inputs, message, expected) => {
    const found = parseFlow(flow(message, inputs), catalog).diagnostics
    expect(
      found.map(({ code, severity, path }) => `${severity === 'warning' ? '~' : ''}${code} ${path.join('.')}`),
    ).toEqual(expected)
  })
})
