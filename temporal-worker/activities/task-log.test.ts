import { expect, test } from 'vitest'
import type { ExecutionChanges, ExecutionRecorder } from '#db/record-execution'
import { createMasker } from './masking/masker'
import { createTaskLog, type TaskLogOptions } from './task-log'

/** What reached the database, a list for each batch. */
function openLog(secret: string, before?: TaskLogOptions['before']) {
  const batches: string[][] = []
  const recorder = {
    async record(_execution: unknown, { logs }: ExecutionChanges) {
      batches.push(logs.map(({ message }) => message))
      return true
    },
  } as unknown as ExecutionRecorder
  const masker = createMasker()
  masker.add(secret)
  const execution = { tenantId: 't', executionId: 'e', namespace: 'n', flowId: 'f' }
  const run = { id: 'r', taskId: 'task' }
  return {
    batches,
    log: createTaskLog({
      ...{ recorder, execution, run, attempt: 1, minimum: undefined, maxLineBytes: 100, masker },
      ...(before === undefined ? {} : { before }),
    }),
  }
}

/** A batch goes when it has so many lines. */
const batchLines = 500

test('a secret that is split over two batches is held back until it is whole, and hidden in both lines', async () => {
  const { batches, log } = openLog('correct-horse')
  for (let line = 1; line < batchLines; line++) log.log('INFO', `line ${line}`)
  log.log('INFO', 'password: correct-')
  await log.settled()
  expect(batches[0]).toHaveLength(batchLines - 1)
  log.log('INFO', 'horse!')
  expect(log.take().logs.map(({ message }) => message)).toEqual(['password: ******', '******!'])
})

test('what may begin one, and does not, is only late', async () => {
  const { batches, log } = openLog('correct-horse')
  for (let line = 1; line <= batchLines; line++) log.log('INFO', 'this is correct')
  await log.settled()
  expect(batches[0]).toHaveLength(batchLines - 1)
  log.log('INFO', 'indeed')
  expect(log.take().logs.map(({ message, sequence }) => [message, sequence])).toEqual([
    ['this is correct', batchLines - 1],
    ['indeed', batchLines],
  ])
})

test('a line that is cut hides the beginning of a secret at its end', () => {
  const { log } = openLog('correct-horse')
  log.log('INFO', `${'x'.repeat(90)}correct-horse`)
  expect(log.take().logs[0]?.message).toBe(`${'x'.repeat(90)}****** [cut: the line has 103 bytes]`)
})

test('metrics have no secrets in their tags', () => {
  const { log } = openLog('correct-horse')
  log.metric({ name: 'm', type: 'counter', value: 1, tags: { key: 'correct-horse' } })
  expect(log.take().metrics[0]).toMatchObject({ name: 'm', value: 1, tags: { key: '******' } })
})

test('what a task said before it came back for room is said once; once its command runs, all is said', () => {
  const { log } = openLog('correct-horse', { lines: 2, told: ['waits', 'key ******'], forget: async () => undefined })
  for (const message of ['waits', 'key correct-horse', 'has room']) log.log('INFO', message)
  log.endRepeats()
  log.log('INFO', 'waits')
  expect(log.take().logs.map(({ message, sequence }) => [message, sequence])).toEqual([
    ['has room', 2],
    ['waits', 3],
  ])
})

test('who says more than can be written waits, and no batch is large', async () => {
  const { batches, log } = openLog('correct-horse')
  let said = 0
  for (; log.caughtUp() === undefined; said++) log.log('INFO', `line ${said}`)
  await log.caughtUp()
  await log.settled()
  const rest = log.take().logs.map(({ message }) => message)
  expect(rest.length).toBeLessThanOrEqual(batchLines)
  expect([...batches.flat(), ...rest]).toEqual(Array.from({ length: said }, (_, line) => `line ${line}`))
  expect(Math.max(...batches.map(batch => batch.length))).toBeLessThan(5000)
})
