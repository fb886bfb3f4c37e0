import { type Client, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client'
import { escapeLike } from '#db/like'
import type { ScopedDb } from '#db/tenant-db'
import { type LogLevel, type LogRecord, type Records, TaskError } from '#language/define-plugin'
import type { JsonObject } from '#language/json'
import { type ResumeRequest, resumeUpdate, workflowIdOf } from '../contract'
import { toggleTrigger } from '../triggers/toggle-trigger'
import type { Masker } from './masking/masker'

export type RecordsOptions = { db: ScopedDb; tenantId: string; client: Client; masker: Masker; signal: AbortSignal }

const pageSize = 1000

/** What a task may ask of the records of its tenant, and no other's. */
export function createRecords({ db, tenantId, client, masker, signal }: RecordsOptions): Records {
  return {
    async *logs({ executionId, taskIds, levels, ...place }) {
      const where = {
        tenantId,
        level: { in: levels },
        ...(executionId === undefined ? placeOf(place) : { executionId }),
        ...(taskIds === undefined ? {} : { taskId: { in: taskIds } }),
      }
      for (let after = 0n; ; ) {
        signal.throwIfAborted()
        const page = await db.log.findMany({
          where: { ...where, position: { gt: after } },
          orderBy: { position: 'asc' },
          take: pageSize,
        })
        for (const row of page) yield toRecord(row)
        const last = page.at(-1)
        if (last === undefined || page.length < pageSize) return
        after = last.position
      }
    },
    countExecutions({ states, startDate, endDate, ...place }) {
      return db.execution.count({
        where: {
          tenantId,
          ...place,
          ...(states === undefined ? {} : { state: { in: states } }),
          createdAt: { gte: startDate, lte: endDate },
        },
      })
    },
    async resume(executionId, inputs) {
      if (masker.holdsSecret(inputs))
        throw new TaskError('A secret among the inputs would be readable in what is resumed: leave it to its own task')
      await resume(client, workflowIdOf(tenantId, executionId), executionId, inputs)
    },
    toggleTrigger: (trigger, options) => toggleTrigger(db, { tenantId, ...trigger }, options),
  }
}

async function resume(client: Client, workflowId: string, executionId: string, inputs: JsonObject): Promise<void> {
  try {
    const handle = client.workflow.getHandle(workflowId)
    await handle.executeUpdate<void, [ResumeRequest]>(resumeUpdate, { args: [{ inputs }] })
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) throw new TaskError(`No execution ${executionId} is paused`)
    if (!(error instanceof WorkflowUpdateFailedError)) throw error
    throw new TaskError(`The execution ${executionId} can't be resumed: ${error.cause?.message ?? 'it is not paused'}`)
  }
}

/** A flow, or a namespace with those below it. */
function placeOf({ namespace, flowId }: { namespace?: string; flowId?: string }) {
  const flow = flowId === undefined ? {} : { flowId }
  if (namespace === undefined) return flow
  if (flowId !== undefined) return { namespace, flowId }
  return { OR: [{ namespace }, { namespace: { startsWith: escapeLike(`${namespace}.`) } }] }
}

type LogRow = Omit<LogRecord, 'timestamp' | 'level' | 'attemptNumber'> & {
  timestamp: Date
  level: string
  attempt: number
}

function toRecord({ timestamp, level, attempt, ...row }: LogRow): LogRecord {
  const { message, namespace, flowId, executionId, taskId, taskRunId } = row
  const place = { namespace, flowId, executionId, taskId, taskRunId }
  return { timestamp: timestamp.toISOString(), level: level as LogLevel, message, ...place, attemptNumber: attempt }
}
