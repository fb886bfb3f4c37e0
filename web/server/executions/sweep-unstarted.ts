import { database } from '#db/client'
import { tenantDb } from '#db/tenant-db'
import { log } from '../log'
import { startWorkflow } from './start-workflow'
import { inputColumns, toFlowInput } from './stored-input'

/** Younger ones are just being started. */
const graceMs = 15_000
const batchSize = 200

/** Starts executions whose row was written but whose workflow was not: a crash between the two, or Temporal was away. */
export async function sweepUnstarted(before = new Date(Date.now() - graceMs)): Promise<number> {
  let started = 0
  for (const { id } of await database().tenant.findMany({
    where: { deletionRequestedAt: null },
    select: { id: true },
  })) {
    started += await sweepTenant(id, before)
  }
  if (started > 0) log.info({ started }, 'started executions whose workflow was missing')
  return started
}

async function sweepTenant(tenantId: string, before: Date): Promise<number> {
  const rows = await tenantDb(tenantId).execution.findMany({
    where: {
      tenantId,
      state: { in: ['CREATED', 'RESTARTED'] },
      waitsSince: { lt: before },
    },
    select: { ...inputColumns, state: true },
    orderBy: { waitsSince: 'asc' },
    take: batchSize,
  })
  let started = 0
  for (const row of rows) {
    // Those before it took a while: it may have been begun, and even have ended since.
    if (!(await isUnstarted(tenantId, row))) continue
    const isRestart = row.state === 'RESTARTED'
    const { outcome } = await startWorkflow(toFlowInput(tenantId, row), { isRestart, isRepeat: true })
    if (outcome === 'started') started += 1
  }
  return started
}

async function isUnstarted(tenantId: string, { id, state, attempt }: { id: string; state: string; attempt: number }) {
  return (await tenantDb(tenantId).execution.count({ where: { tenantId, id, state, attempt } })) > 0
}
