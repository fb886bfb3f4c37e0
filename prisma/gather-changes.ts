import type { ExecutionChanges, ExecutionRef, ExecutionRow, TaskRunRow } from './record-execution'

type Write = (execution: ExecutionRef, changes: ExecutionChanges) => Promise<void>

type Waiting = { changes: ExecutionChanges; resolve: () => void; reject: (error: unknown) => void }

/** More would keep the first of them waiting for a large transaction. */
const mostTogether = 50

/**
 * Writes together what comes for an execution while something of it is being written. Each batch waits for the lock of
 * its execution anyway, and for the disk: forty tasks that end at once are then two or three transactions.
 */
export function gatherChanges(write: Write): Write {
  const queues = new Map<string, Waiting[]>()

  async function drain(key: string, execution: ExecutionRef, queue: Waiting[]): Promise<void> {
    while (queue.length > 0) await writeTogether(write, execution, queue.splice(0, countTogether(queue)))
    queues.delete(key)
  }

  return (execution, changes) =>
    new Promise((resolve, reject) => {
      const key = `${execution.tenantId}/${execution.executionId}`
      const queue = queues.get(key)
      if (queue !== undefined) {
        queue.push({ changes, resolve, reject })
        return
      }
      const own: Waiting[] = [{ changes, resolve, reject }]
      queues.set(key, own)
      void drain(key, execution, own)
    })
}

/** Should one of them be refused, the others must not be: then each goes alone. */
async function writeTogether(write: Write, execution: ExecutionRef, group: Waiting[]): Promise<void> {
  if (group.length > 1) {
    try {
      await write(execution, merge(group.map(({ changes }) => changes)))
      for (const { resolve } of group) resolve()
      return
    } catch {
      // Whom it concerns is told below.
    }
  }
  for (const { changes, resolve, reject } of group) await write(execution, changes).then(resolve, reject)
}

/** One that removes task runs goes alone: a row can't be removed and written by one statement. */
function countTogether(queue: Waiting[]): number {
  const removing = queue.findIndex(({ changes }) => changes.removedTaskRuns.length > 0)
  return Math.min(removing === -1 ? queue.length : Math.max(removing, 1), mostTogether)
}

/** Of rows that several batches hold, the one of the highest version: a statement may write a row only once. */
function merge(batches: ExecutionChanges[]): ExecutionChanges {
  const taskRuns = new Map<string, TaskRunRow>()
  let execution: ExecutionRow | undefined
  for (const batch of batches) {
    for (const run of batch.taskRuns) {
      const known = taskRuns.get(run.id)
      if (known === undefined || known.version < run.version) taskRuns.set(run.id, run)
    }
    if (batch.execution !== undefined && (execution?.version ?? -1) < batch.execution.version)
      execution = batch.execution
  }
  return {
    ...(execution === undefined ? {} : { execution }),
    taskRuns: [...taskRuns.values()],
    removedTaskRuns: [],
    logs: batches.flatMap(({ logs }) => logs),
    metrics: batches.flatMap(({ metrics }) => metrics),
  }
}
