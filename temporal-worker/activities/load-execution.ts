import type { TaskRun } from '#db/generated/client'
import type { TaskRunRow } from '#db/record-execution'
import type { ScopedDb } from '#db/tenant-db'
import type { JsonObject } from '#language/json'
import type { ActivityDependencies } from './dependencies'

export type LoadExecutionInput = {
  tenantId: string
  executionId: string
  /** After which task run to go on, the first ones if null; all of them at once where it is absent, as it was before. */
  after?: TaskRunCursor | null
}

/** A task run in the order of their positions. */
export type TaskRunCursor = { position: number; id: string }

export type LoadedExecution = {
  histories: { state: string; date: string }[]
  variables: JsonObject | null
  version: number
  taskRuns: TaskRunRow[]
  /** There are more: what to ask for next. */
  next?: TaskRunCursor
}

/** In characters, of up to three bytes each: Temporal refuses a result of 2 MB, and warns from half a one on. */
const pageLength = 448 * 1024

const rowsAtOnce = 500

export function createLoadExecution(deps: ActivityDependencies) {
  /** What was recorded of an execution, for one that goes on from there; its task runs in pages. */
  return async function loadExecution({ tenantId, executionId, after }: LoadExecutionInput): Promise<LoadedExecution> {
    const db = deps.db(tenantId)
    const execution = await db.execution.findUniqueOrThrow({
      where: { tenantId_id: { tenantId, id: executionId } },
      select: { histories: true, variables: true, version: true },
    })
    const ref = { tenantId, executionId }
    const page = after === undefined ? await readRows(db, ref) : await readPage(db, ref, after)
    return {
      histories: execution.histories as LoadedExecution['histories'],
      variables: execution.variables as JsonObject | null,
      version: execution.version,
      taskRuns: page.taskRuns,
      ...(page.next === undefined ? {} : { next: page.next }),
    }
  }
}

type Ref = { tenantId: string; executionId: string }
type Page = Pick<LoadedExecution, 'taskRuns' | 'next'>

/** As many task runs as may travel; one at least. */
async function readPage(db: ScopedDb, ref: Ref, after: TaskRunCursor | null): Promise<Page> {
  const taskRuns: TaskRunRow[] = []
  let length = 0
  let last = after
  for (;;) {
    const read = await readRows(db, ref, { after: last, take: rowsAtOnce })
    for (const row of read.taskRuns) {
      length += JSON.stringify(row).length
      if (length > pageLength && taskRuns.length > 0) return { taskRuns, next: last! }
      taskRuns.push(row)
      last = { position: row.position, id: row.id }
    }
    if (read.taskRuns.length < rowsAtOnce) return { taskRuns }
  }
}

async function readRows(
  db: ScopedDb,
  ref: Ref,
  { after, take }: { after?: TaskRunCursor | null; take?: number } = {},
): Promise<Page> {
  const rows = await db.taskRun.findMany({
    where: { ...ref, ...(after == null ? {} : { OR: laterThan(after) }) },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    ...(take === undefined ? {} : { take }),
  })
  return { taskRuns: rows.map(toTaskRunRow) }
}

function laterThan({ position, id }: TaskRunCursor) {
  return [{ position: { gt: position } }, { position, id: { gt: id } }]
}

function toTaskRunRow(row: TaskRun): TaskRunRow {
  return {
    id: row.id,
    position: row.position,
    taskId: row.taskId,
    parentId: row.parentId,
    value: row.value,
    iteration: row.iteration,
    state: row.state,
    histories: row.histories as TaskRunRow['histories'],
    attempts: row.attempts as TaskRunRow['attempts'],
    outputs: row.outputs as TaskRunRow['outputs'],
    version: row.version,
    startDate: row.startDate?.toISOString() ?? null,
    endDate: row.endDate?.toISOString() ?? null,
  }
}
