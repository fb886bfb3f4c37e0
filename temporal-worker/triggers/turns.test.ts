import { expect, it } from 'vitest'
import { createTurns } from './turns'

it('does so many at a time, in order, whatever fails', async () => {
  const inTurn = createTurns(2)
  const began: number[] = []
  let running = 0
  let most = 0
  const work = (index: number) => async () => {
    began.push(index)
    most = Math.max(most, ++running)
    await new Promise(resolve => setImmediate(resolve))
    running--
    if (index === 1) throw new Error('no')
    return index
  }
  const ends = await Promise.allSettled([0, 1, 2, 3, 4].map(index => inTurn(work(index))))
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled'])
  expect(began).toEqual([0, 1, 2, 3, 4])
  expect(most).toBe(2)
})
