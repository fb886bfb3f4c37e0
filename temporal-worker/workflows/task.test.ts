import { expect, test } from 'vitest'
import { Scheduler, type Task, takeTurns, wait } from './task'

function* branch(name: string, trace: string[], rounds: number): Task<string> {
  for (let round = 0; round < rounds; round++) {
    trace.push(`${name}${round}`)
    yield* takeTurns()
  }
  return name
}

/** Begins branches as a holder does: from within the walk. */
function* all(scheduler: Scheduler, branches: Task<unknown>[]): Task<unknown[]> {
  return yield* wait(Promise.all(branches.map(started => scheduler.run(started))))
}

test('branches go on in turns', async () => {
  const scheduler = new Scheduler(async () => undefined, 1000)
  const trace: string[] = []
  const branches = ['a', 'b', 'c'].map(name => branch(name, trace, 2))
  expect(await scheduler.run(all(scheduler, branches))).toEqual(['a', 'b', 'c'])
  expect(trace).toEqual(['a0', 'b0', 'c0', 'a1', 'b1', 'c1'])
})

test('a branch that never waits ends before its start returns', () => {
  const scheduler = new Scheduler(async () => undefined, 1000)
  let ended = ''
  scheduler.start(
    branch('a', [], 3),
    name => {
      ended = name
    },
    () => undefined,
  )
  expect(ended).toBe('a')
  expect(scheduler.isIdle).toBe(true)
})

test('what is waited for is handed in, or thrown', async () => {
  const scheduler = new Scheduler(async () => undefined, 1000)
  const value = scheduler.run(wait(Promise.resolve(7)))
  const failure = scheduler.run(wait(Promise.reject(new Error('away'))))
  await expect(value).resolves.toBe(7)
  await expect(failure).rejects.toThrow('away')
})

test('a walk that spends much rests, and then goes on where it was', async () => {
  const trace: string[] = []
  const scheduler = new Scheduler(async () => {
    trace.push('rest')
  }, 300_000)
  function* greedy(name: string): Task<void> {
    for (let round = 0; round < 2; round++) {
      scheduler.spend(200_000)
      trace.push(`${name}${round}`)
      yield* takeTurns()
    }
  }
  await scheduler.run(all(scheduler, [greedy('a'), greedy('b')]))
  expect(trace).toEqual(['a0', 'b0', 'rest', 'a1', 'b1', 'rest'])
})
