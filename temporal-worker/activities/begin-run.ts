import type { TaskRunRow } from '#db/record-execution'
import { workflowLines } from '#db/workflow-lines'
import type { ActivityDependencies } from './dependencies'
import { createMasker, type Masker } from './masking/masker'
import type { RoomWait } from './room-wait'
import type { RunTaskInput } from './run-task'
import { createTaskLog, type TaskLog } from './task-log'
import { beginAttempt } from './task-run-rows'

export type BegunRun = { running: TaskRunRow; attempt: number; log: TaskLog; masker: Masker }

type Begin = Pick<RunTaskInput, 'execution' | 'run'> & {
  step: { logLevel?: string | undefined }
  /** Of those that share a folder. */
  masker?: Masker
  room?: RoomWait
}

/**
 * Begins an attempt of a task run. If Temporal repeats the activity, because a worker was lost, it is the same attempt:
 * its log goes on after the last line that was written, and says so; what an attempt said that only waited for room is not
 * said again. Metrics count only the run that comes to its end.
 */
export async function beginRun(deps: ActivityDependencies, input: Begin, isRepeated: boolean): Promise<BegunRun> {
  const attempt = input.run.attempts.length + 1
  const before = isRepeated ? await findCutOff(deps, input, attempt) : undefined
  const masker = input.masker ?? createMasker()
  const log = createTaskLog({
    recorder: deps.recorder,
    execution: input.execution,
    run: input.run,
    attempt,
    minimum: input.step.logLevel,
    maxLineBytes: deps.limits.logLineBytes,
    masker,
    ...(before === undefined ? {} : { before }),
  })
  return { running: before?.running ?? beginAttempt(input.run, new Date().toISOString()), attempt, log, masker }
}

/** Before its command has begun a task says little. */
const mostTold = 200

/** What a lost worker recorded of an attempt; undefined where it had not begun. */
async function findCutOff(deps: ActivityDependencies, { execution, run, room }: Begin, attempt: number) {
  const { tenantId, executionId } = execution
  const db = deps.db(tenantId)
  const row = await db.taskRun.findUnique({
    where: { tenantId_executionId_id: { tenantId, executionId, id: run.id } },
    select: { version: true, state: true, histories: true },
  })
  if (row === null || row.version <= run.version) return undefined
  const where = { tenantId, executionId, taskRunId: run.id, attempt }
  await db.metric.deleteMany({ where })
  const last = await db.log.aggregate({
    where: { ...where, sequence: { lt: workflowLines } },
    _max: { sequence: true },
  })
  const told = room?.isComingBack
    ? await db.log.findMany({ where, select: { message: true }, take: mostTold })
    : undefined
  return {
    told: told?.map(({ message }) => message),
    running: goOn(run, row as unknown as TaskRunRow),
    lines: (last._max.sequence ?? -1) + 1,
    async forget(until: number) {
      await db.log.deleteMany({ where: { ...where, sequence: { lt: until } } })
    },
  }
}

/** A task of a WorkingDirectory may have ended, and runs again since the folder is gone. */
function goOn(run: TaskRunRow, recorded: Pick<TaskRunRow, 'state' | 'version' | 'histories'>): TaskRunRow {
  if (recorded.state === 'RUNNING') return beginAttempt(run, recorded.histories.at(-1)!.date)
  return { ...beginAttempt(run, new Date().toISOString()), version: recorded.version + 1 }
}
