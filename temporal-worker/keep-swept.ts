/** What a worker removes from time to time: what others left that died, what nobody waits for any more, what is too old. */
import type { ActivityDependencies } from './activities/dependencies'
import { sweepArchives, sweepFolders } from './activities/sweep-packages'
import { isPolled } from './triggers/is-polled'

const secondMs = 1000
const minuteMs = 60 * secondMs

type Sweeps = {
  tenants(): Promise<string[]>
  /** Also those that are to be deleted. */
  rowsOfTenants(): Promise<string[]>
  isOfGroup: boolean
}

/** Sweeps until the returned function is called. */
export function keepSwept(deps: ActivityDependencies, { tenants, rowsOfTenants, isOfGroup }: Sweeps): () => void {
  const { commandSessions, folders } = deps
  const isLive = (key: Parameters<typeof isRunning>[1]) => isRunning(deps, key)
  const stops = [
    // A task that a lost worker began is live until it has run again, so that its leftovers go with a later sweep.
    keepDoing('What dead workers left', 5 * minuteMs, () => commandSessions.sweep(isLive)),
    // What waits for room must not begin after its task was killed.
    keepDoing('What waits for room', 5 * secondMs, () => commandSessions.sweepWaiting(isLive)),
    keepDoing('What tenants left', 10 * minuteMs, () => commandSessions.sweepTenants(rowsOfTenants)),
    keepDoing('Packages of this machine', 6 * 60 * minuteMs, () => sweepFolders(folders.cacheDir, Date.now())),
  ]
  if (!isOfGroup) stops.push(keepDoing('Packages of tenants', 6 * 60 * minuteMs, () => sweepAllArchives(deps, tenants)))
  return () => {
    for (const stop of stops) stop()
  }
}

/** Now, and again so long after it ended. */
function keepDoing(what: string, everyMs: number, sweep: () => Promise<unknown>): () => void {
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  async function once(): Promise<void> {
    await sweep().catch(error => {
      if (!isStopped) console.error(`${what} could not all be looked through:`, error)
    })
    if (!isStopped) timer = setTimeout(once, everyMs)
  }
  void once()
  return () => {
    isStopped = true
    clearTimeout(timer)
  }
}

async function sweepAllArchives(
  { db, storage }: ActivityDependencies,
  tenants: () => Promise<string[]>,
): Promise<void> {
  for (const tenantId of await tenants()) {
    const flows = await db(tenantId).flow.findMany({
      where: { tenantId },
      distinct: ['namespace'],
      select: { namespace: true },
    })
    const namespaces = flows.map(({ namespace }) => namespace)
    await sweepArchives({ storage, tenantId, namespaces, nowMs: Date.now() })
  }
}

/** Whether the record knows a task run as being worked on; what a poll runs goes by the id of its execution. */
async function isRunning(
  deps: ActivityDependencies,
  key: { tenantId: string; executionId: string; taskRunId: string },
): Promise<boolean> {
  const { tenantId, executionId, taskRunId } = key
  if (taskRunId === executionId) return isPolled(deps, key)
  const where = { tenantId, executionId, id: taskRunId, state: { in: ['CREATED', 'RUNNING'] } }
  return (await deps.db(tenantId).taskRun.count({ where })) > 0
}
