import { describe, expect, test } from 'vitest'
import { ExpressionError, isTruthy, PendingCall, renderDeep, renderString, renderTyped } from './index'
import { env, errorOf } from './testing'

const scope = { n: 1, list: [1, { a: 2 }], text: 'x', none: null, nested: '{{ n }}' }

describe('renderTyped', () => {
  test.each([
    ['plain', 'plain'],
    ['{{ n }}', 1],
    ['{{ list }}', [1, { a: 2 }]],
    ['{{ none }}', null],
    ['{{ none }}{{ n }}', 1],
    ['{{ n }}{{ n }}', '11'],
    ['a{{ n }}', 'a1'],
    ['{{ true }}', true],
    ['{% for i in list %}{% endfor %}', null],
  ])('%s is %j', (template, value) => {
    expect(renderTyped(template, scope, env)).toEqual(value)
  })

  test('a list does not join with text', () => {
    expect(errorOf('a{{ list }}', scope)?.message).toContain('can’t be joined')
  })
})

describe('renderDeep', () => {
  test('renders keys and values, leaves other types', () => {
    const value = { 'k{{ n }}': ['{{ n }}', { deep: '{{ list }}' }], number: 3, flag: false, nothing: null }
    expect(renderDeep(value, scope, env)).toEqual({
      k1: ['1', { deep: '[1,{"a":2}]' }],
      number: 3,
      flag: false,
      nothing: null,
    })
    expect(renderDeep(value, scope, env, { typed: true })).toEqual({
      ...value,
      'k{{ n }}': undefined,
      k1: [1, { deep: [1, { a: 2 }] }],
    })
  })

  test('of two keys that render alike the first wins', () => {
    expect(renderDeep({ '{{ n }}': 'first', '1 ': 'other', '{{ n + 0 }}': 'second' }, scope, env)).toEqual({
      '1': 'first',
      '1 ': 'other',
    })
  })

  test('refuses `__proto__` as a rendered key', () => {
    expect(() => renderDeep({ '__{{ "proto" }}__': 1 }, scope, env)).toThrow('`__proto__` is not allowed as a key')
  })
})

test('what is printed is not rendered again', () => {
  expect(renderString('{{ nested }}', scope, env)).toBe('{{ n }}')
})

test('a call that needs the world is pending, and is answered by `call`', () => {
  let pending: unknown
  try {
    renderString('{{ secret("KEY", namespace="a.b") ?? "no" }}', {}, env)
  } catch (error) {
    pending = error
  }
  expect(pending).toBeInstanceOf(PendingCall)
  expect(pending).toMatchObject({ callName: 'secret', args: { positional: ['KEY'], named: { namespace: 'a.b' } } })
  const answering = { ...env, call: (name: string) => `answer of ${name}` }
  expect(renderString('{{ secret("KEY") | upper }}', {}, answering)).toBe('ANSWER OF SECRET')
})

test('what goes wrong with an answer is told with its place', () => {
  const failing = {
    ...env,
    call: () => {
      throw new Error("File '/abc' was not found")
    },
  }
  expect(() => renderString('\n{{ read(x) }}', { x: 1 }, failing)).toThrow(
    new ExpressionError("File '/abc' was not found (\n{{ read(x) }}:2)", '\n{{ read(x) }}', 2),
  )
})

test('a filter that needs the world gives its input first', () => {
  const calls: unknown[] = []
  const answering = {
    ...env,
    call: (name: string, args: unknown) => {
      calls.push([name, args])
      return [1]
    },
  }
  expect(renderTyped("{{ {'a': 1} | jq('.a') | first }}", {}, answering)).toBe(1)
  expect(calls).toEqual([['jq', { positional: [{ a: 1 }, '.a'], named: {} }]])
})

test.each([
  ['true', true],
  ['false', false],
  [' false ', false],
  ['0', false],
  ['-0', false],
  ['', false],
  ['  ', false],
  [null, false],
  [undefined, false],
  [false, false],
  [0, false],
  ['False', true],
  ['0.0', true],
  ['no', true],
  [1, true],
  [[], true],
  [{}, true],
])('isTruthy(%j) is %j', (value, truthy) => {
  expect(isTruthy(value)).toBe(truthy)
})
