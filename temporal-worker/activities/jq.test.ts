import { expect, test } from 'vitest'
import { runJq } from './jq'

test('jq answers however many programs it has run', async () => {
  for (let round = 0; round < 5; round++) {
    const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => runJq([n], '.[] + 1')))
    expect(answers).toEqual(Array.from({ length: 200 }, (_, n) => [n + 1]))
  }
}, 60_000)

test('a program that is wrong says why', async () => {
  await expect(runJq({}, '.a |')).rejects.toThrow(/^jq: .*syntax error/)
})
