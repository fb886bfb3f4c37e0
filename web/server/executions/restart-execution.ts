import type { Scope } from '../access/tenant-scope'
import type { Execution } from './execution'
import { noSuchExecution } from './find-execution'
import { isReopenable, reopenExecution } from './reopen-execution'
import { replayExecution } from './replay-execution'
import { requireState } from './signal-execution'

type RestartExecution = { id: string; revision?: number }

/** Goes on from where it failed or paused, as the same execution; with another revision, as a new one. */
export async function restartExecution(scope: Scope, { id, revision }: RestartExecution): Promise<Execution> {
  const isFit = (state: string) => isReopenable(state) || state === 'PAUSED'
  const state = await requireState(scope, id, { action: 'restarted', isFit })
  if (revision !== undefined && revision !== (await readRevision(scope, id))) {
    return replayExecution(scope, { id, revision, isRestart: true })
  }
  const labels = [{ key: 'system.restarted', value: 'true' }]
  return reopenExecution(scope, id, { state, labels, isAttempt: true })
}

async function readRevision({ db, tenantId }: Scope, id: string): Promise<number> {
  const row = await db.execution.findUnique({
    where: { tenantId_id: { tenantId, id } },
    select: { flowRevision: true },
  })
  if (row === null) throw noSuchExecution(id)
  return row.flowRevision
}
