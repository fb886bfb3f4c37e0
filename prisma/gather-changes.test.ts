import { expect, test } from 'vitest'
import { gatherChanges } from './gather-changes'
import type { ExecutionChanges, ExecutionRef, LogRow, TaskRunRow } from './record-execution'

const execution: ExecutionRef = { tenantId: 't', executionId: 'e', namespace: 'n', flowId: 'f' }

function batch(more: { run?: [id: string, version: number]; log?: string; removed?: string[] }): ExecutionChanges {
  const { run, log, removed = [] } = more
  return {
    taskRuns: run === undefined ? [] : [{ id: run[0], version: run[1] } as TaskRunRow],
    removedTaskRuns: removed,
    logs: log === undefined ? [] : [{ message: log } as LogRow],
    metrics: [],
  }
}

/** Notes what it is given; the first write waits for `go`. */
function slowStore(isRefused: (changes: ExecutionChanges) => boolean = () => false) {
  const writes: ExecutionChanges[] = []
  let go = () => {}
  const gone = new Promise<void>(resolve => {
    go = resolve
  })
  const write = async (_: ExecutionRef, changes: ExecutionChanges) => {
    writes.push(changes)
    await gone
    if (isRefused(changes)) throw new Error('refused')
  }
  return { record: gatherChanges(write), writes, go }
}

test('what comes meanwhile is written together, of each row the newest', async () => {
  const { record, writes, go } = slowStore()
  const all = [
    record(execution, batch({ run: ['a', 1] })),
    record(execution, batch({ run: ['a', 2], log: 'two' })),
    record(execution, batch({ run: ['b', 1], log: 'one' })),
    record(execution, batch({ run: ['a', 3] })),
    record({ ...execution, executionId: 'other' }, batch({ run: ['c', 1] })),
  ]
  go()
  await Promise.all(all)
  const runs = writes.map(({ taskRuns }) => taskRuns.map(({ id, version }) => `${id}${version}`).join())
  expect(runs).toEqual(['a1', 'c1', 'a3,b1'])
  expect(writes[2]?.logs.map(({ message }) => message)).toEqual(['two', 'one'])
})

test('a batch that removes task runs goes alone and in its place', async () => {
  const { record, writes, go } = slowStore()
  const batches = [{ log: '1' }, { log: '2' }, { log: '3' }, { removed: ['a'], log: '4' }, { log: '5' }, { log: '6' }]
  const all = batches.map(more => record(execution, batch(more)))
  go()
  await Promise.all(all)
  const texts = writes.map(({ logs }) => logs.map(({ message }) => message).join())
  expect(texts).toEqual(['1', '2,3', '4', '5,6'])
})

test('one that is refused takes no other with it', async () => {
  const { record, writes, go } = slowStore(({ logs }) => logs.some(({ message }) => message === 'bad'))
  const all = ['first', 'good', 'bad', 'fine'].map(log => record(execution, batch({ log })))
  go()
  const ends = await Promise.allSettled(all)
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
  expect(writes).toHaveLength(5)
})
