import { describe, expect, test } from 'vitest'
import { renderDeep } from './expressions/index'
import { PendingCall } from './expressions/types'
import type { Input } from './inputs'
import { sealGiven, sealInputs, secretTexts } from './inputs'
import type { Json } from './json'
import { hideSealed, holdsSealed, mapSealed, mapTexts, toSealed, unsealCall } from './sealed'

const scope = { inputs: { pass: toSealed('abc'), plain: 'x', list: [toSealed('abc')] } }
const env = { nowMs: 0, random: () => 0 }

function opening(name: string, { positional }: { positional: Json[] }): Json {
  if (name !== unsealCall) throw new PendingCall(name, { positional, named: {} })
  return `opened ${positional[0]}`
}

describe('an expression', () => {
  test.each<[string, Json]>([
    ['{{ inputs.pass }}', 'opened abc'],
    ["{{ inputs['pass'] | upper }}", 'OPENED ABC'],
    ['{{ inputs.list[0] }}', 'opened abc'],
    ['{% set p = inputs.pass %}{{ p }}', 'opened abc'],
    ['{% for p in inputs.list %}{{ p }}{% endfor %}', 'opened abc'],
    ['{{ inputs.pass == "opened abc" ? 1 : 2 }}', '1'],
    ['{{ inputs.plain }}', 'x'],
  ])('%s uses what is sealed as the text that it is', (template, expected) => {
    expect(renderDeep(template, scope, { ...env, call: opening })).toBe(expected)
    if (expected !== 'x') expect(() => renderDeep(template, scope, env)).toThrow(PendingCall)
  })

  test('prints a map that holds it sealed', () => {
    expect(renderDeep('{{ inputs.list }}', scope, env)).toBe(JSON.stringify([toSealed('abc')]))
  })

  test('can not open by name what it makes up', () => {
    expect(() => renderDeep(`{{ ${unsealCall}("abc") }}`, scope, { ...env, call: opening })).toThrow('does not exist')
  })
})

describe('values', () => {
  const value = { a: [toSealed('1'), 'x'], b: { type: 'text', value: 'y' }, c: null }

  test('are told apart from maps that only look alike', () => {
    expect([holdsSealed(value), holdsSealed(value.b), holdsSealed({ ...toSealed('1'), value: 1 })]).toEqual([
      true,
      false,
      false,
    ])
  })

  test('are opened, hidden, or left alone where others are changed', async () => {
    expect(await mapSealed(value, async ({ value: text }) => `open ${text}`)).toEqual({ ...value, a: ['open 1', 'x'] })
    expect(hideSealed(value)).toEqual({ ...value, a: [toSealed('******'), 'x'] })
    expect(await mapTexts(value, text => `${text}!`)).toEqual({
      a: [toSealed('1'), 'x!'],
      b: { type: 'text!', value: 'y!' },
      c: null,
    })
  })
})

describe('inputs', () => {
  const definitions = [
    { id: 'pass', type: 'SECRET' },
    { id: 'db.token', type: 'SECRET' },
    { id: 'other', type: 'STRING' },
  ] as Input[]
  const seal = async (text: string) => toSealed(`<${text}>`)

  test('that are secret are sealed, and what holds one of them', async () => {
    const values = { pass: 'p', db: { token: 't', host: 'h' }, other: 'has t' }
    expect(secretTexts(definitions, values)).toEqual(['p', 't'])
    const holdsSecret = (text: string) => text.includes('has')
    expect(await sealInputs(definitions, values, { seal, holdsSecret })).toEqual({
      pass: toSealed('<p>'),
      db: { token: toSealed('<t>'), host: 'h' },
      other: toSealed('<has t>'),
    })
  })

  test.each([
    ['nested', { pass: 1, db: { token: 't' }, other: 'o' }, { pass: '<1>', 'db.token': '<t>' }],
    ['by id', { 'db.token': 't', pass: null }, { 'db.token': '<t>' }],
    ['sealed before', { pass: toSealed('s') }, { pass: 's' }],
  ])('that are given %s are sealed as they are', async (_, given, expected) => {
    const sealed = await sealGiven(definitions, given as never, seal)
    const flat = { pass: sealed.pass, 'db.token': sealed['db.token'] ?? (sealed.db as { token: Json })?.token }
    for (const [id, text] of Object.entries(expected)) expect(flat[id as 'pass']).toEqual(toSealed(text))
    expect(sealed.other).toBe((given as { other?: string }).other)
  })
})
