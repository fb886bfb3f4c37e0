import { describe, expect, test } from 'vitest'
import { deepestRecursion, refuseRecursion } from './refuse-recursion'

const rounds = (count: number) => Array.from({ length: count }, () => ['n.a', 'n.b']).flat()

describe('refuseRecursion', () => {
  test.each<[string, string[], string, RegExp | undefined]>([
    ['called by nobody', [], 'n.a', undefined],
    ['called by another', ['n.b'], 'n.a', undefined],
    ['a recursion that may still end', rounds(deepestRecursion - 1), 'n.a', undefined],
    ['a long way without recursion', rounds(100), 'n.c', undefined],
    [
      'one that does not end',
      rounds(deepestRecursion),
      'n.a',
      /^The flow n\.a has called itself 25 times by way of others \(\.\.\. n\.a → n\.b → n\.a → n\.b → n\.a → n\.b → n\.a\)/,
    ],
  ])('%s', (_, callers, flow, problem) => {
    const refused = refuseRecursion(callers, flow)
    if (problem === undefined) expect(refused).toBeUndefined()
    else expect(refused).toMatch(problem)
  })
})
