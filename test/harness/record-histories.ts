import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, vi } from 'vitest'
import type { Engine } from './engine'

const folder = join(import.meta.dirname, '../../temporal-worker/workflows/histories')

/**
 * `RECORD_HISTORIES=1` keeps the first two runs of a workflow that continued as new, for `replay.test.ts`: one that is
 * left, and one that takes up from there and is left, too.
 */
export async function recordContinued(engine: Engine, name: string, executionId: string): Promise<void> {
  if (process.env.RECORD_HISTORIES === undefined) return
  const { workflowId } = engine.handle(executionId)
  const query = `WorkflowId = '${workflowId}'`
  // The list follows with a delay.
  const isListed = async () => expect((await engine.client.workflow.count(query)).count).toBeGreaterThan(1)
  await vi.waitFor(isListed, { timeout: 20_000, interval: 200 })
  const runs: { runId: string; startTime: Date }[] = []
  for await (const { runId, startTime } of engine.client.workflow.list({ query })) runs.push({ runId, startTime })
  runs.sort((a, b) => a.startTime.getTime() - b.startTime.getTime())
  for (const [index, { runId }] of runs.slice(0, 2).entries()) {
    const history = await engine.client.workflow.getHandle(workflowId, runId).fetchHistory()
    await writeFile(join(folder, `continued-${name}-${index + 1}.json`), `${JSON.stringify(history)}\n`)
  }
}
