import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../test/harness/database'
import { createExecutionRecorder, type ExecutionRecorder, type LogRow } from './record-execution'
import { type ScopedDb, tenantDb } from './tenant-db'
import { workflowLines } from './workflow-lines'

let fresh: FreshDatabase
let db: ScopedDb
let recorder: ExecutionRecorder

beforeAll(async () => {
  fresh = await freshDatabase()
  db = tenantDb(fresh.tenantId)
  recorder = createExecutionRecorder(fresh.url, { channel: 'test' })
})

afterAll(async () => {
  await recorder.close()
  await fresh.drop()
})

const line = (sequence: number, second: number): LogRow => ({
  taskRunId: 'run',
  attempt: 1,
  sequence,
  timestamp: `2026-01-01T00:00:0${second}.000Z`,
  taskId: 'a',
  level: 'INFO',
  message: `${sequence} at ${second}`,
})

/** The text of the lines after each of the batches is written on its own. */
async function record(executionId: string, ...batches: LogRow[][]): Promise<string[]> {
  const execution = { tenantId: fresh.tenantId, executionId, namespace: 'company.team', flowId: 'flow' }
  for (const logs of batches) await recorder.record(execution, { taskRuns: [], removedTaskRuns: [], logs, metrics: [] })
  const rows = await db.log.findMany({ where: { executionId }, orderBy: { position: 'asc' } })
  return rows.map(({ message }) => message)
}

test('a batch that is written again changes nothing', async () => {
  const batch = [line(0, 1), line(1, 2), line(workflowLines, 2)]
  expect(await record('again', batch, batch)).toEqual(batch.map(({ message }) => message))
})

test("a line of the workflow is known by its number: a lost worker's activation is walked again at a later time", async () => {
  const [first, second] = [workflowLines, workflowLines + 1]
  const batches = [[line(first, 1)], [line(first, 2), line(second, 2)]]
  expect(await record('walked-again', ...batches)).toEqual([`${first} at 1`, `${second} at 2`])
})
