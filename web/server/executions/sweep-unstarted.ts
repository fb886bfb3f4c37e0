import { database } from '#db/client'
import { tenantDb } from '#db/tenant-db'
import type { JsonObject } from '#language/json'
import type { Plan } from '#language/plan'
import type { ResumeFrom } from '#worker/contract'
import { log } from '../log'
import { StoredLabels } from './execution-row'
import { startWorkflow } from './start-workflow'

/** Younger ones are just being started. */
const graceMs = 20_000
const batchSize = 200

const columns = {
  id: true,
  plan: true,
  inputs: true,
  labels: true,
  originalId: true,
  attempt: true,
  resumeFrom: true,
  createdAt: true,
} as const

/** Starts executions whose row was written but whose workflow was not: a crash between the two, or Temporal was away. */
export async function sweepUnstarted(before = new Date(Date.now() - graceMs)): Promise<number> {
  let started = 0
  for (const { id } of await database().tenant.findMany({ select: { id: true } })) {
    started += await sweepTenant(id, before)
  }
  if (started > 0) log.info({ started }, 'started executions whose workflow was missing')
  return started
}

async function sweepTenant(tenantId: string, before: Date): Promise<number> {
  const rows = await tenantDb(tenantId).execution.findMany({
    where: {
      tenantId,
      state: 'CREATED',
      createdAt: { lt: before },
      OR: [{ scheduleDate: null }, { scheduleDate: { lt: before } }],
    },
    select: columns,
    orderBy: { createdAt: 'asc' },
    take: batchSize,
  })
  let started = 0
  for (const row of rows) {
    const { outcome } = await startWorkflow({
      tenantId,
      executionId: row.id,
      plan: row.plan as Plan,
      inputs: row.inputs as JsonObject,
      labels: StoredLabels.parse(row.labels),
      originalId: row.originalId ?? row.id,
      createdAtMs: row.createdAt.getTime(),
      attempt: row.attempt,
      resumeFrom: (row.resumeFrom as ResumeFrom | null) ?? undefined,
    })
    if (outcome === 'started') started += 1
  }
  return started
}
