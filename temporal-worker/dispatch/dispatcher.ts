/**
 * What follows from changes of executions and of triggers' rows: queues move up, flows start after others, schedules
 * go on, Temporal's schedules come after. Woken by Postgres; looks at all tenants from time to time, too, should a word
 * have been lost. Of a tenant that is to be deleted nothing starts any more: it is taken away instead. Any number of workers may do so at once.
 */
import { listen } from '#db/listen'
import type { ActivityDependencies } from '../activities/dependencies'
import { eventChannel } from '../contract'
import { advanceBackfills } from '../triggers/advance-backfills'
import { eraseTenant } from './erase-tenant'
import { handleEvents } from './handle-events'
import { sweepTenant } from './sweep-tenant'
import { syncTriggers } from './sync-triggers'

export type DispatcherOptions = {
  databaseUrl: string
  tenants(): Promise<string[]>
  /** How often all tenants are looked at without a word. */
  sweepEveryMs?: number
}

/** Tenants that are looked at at the same time: each takes two connections at most. */
const atOnce = 3

export function startDispatcher(deps: ActivityDependencies, options: DispatcherOptions): { stop(): Promise<void> } {
  const { databaseUrl, tenants, sweepEveryMs = 10_000 } = options
  const waiting = new Map<string, { isSweep: boolean }>()
  const working = new Map<string, Promise<void>>()
  /** Tenants that asked to be looked at again, without a word. */
  const later = new Map<string, NodeJS.Timeout>()
  let isStopped = false

  function wake(tenantId: string, isSweep = false): void {
    waiting.set(tenantId, { isSweep: isSweep || waiting.get(tenantId)?.isSweep === true })
    next()
  }

  function wakeAfter(tenantId: string, waitMs: number | undefined): void {
    if (waitMs === undefined || isStopped || later.has(tenantId)) return
    const wakeNow = () => {
      later.delete(tenantId)
      wake(tenantId)
    }
    later.set(tenantId, setTimeout(wakeNow, waitMs))
  }

  function next(): void {
    for (const [tenantId, { isSweep }] of waiting) {
      if (isStopped || working.size >= atOnce) return
      if (working.has(tenantId)) continue
      waiting.delete(tenantId)
      const work = dispatch(deps, tenantId, isSweep)
        .then(waitMs => wakeAfter(tenantId, waitMs))
        .catch(error => deps.report(error, { tenantId, place: 'dispatcher' }))
        .finally(() => {
          working.delete(tenantId)
          next()
        })
      working.set(tenantId, work)
    }
  }

  const sweep = () =>
    tenants()
      .then(ids => {
        for (const id of ids) wake(id, true)
      })
      .catch(error => deps.report(error, { place: 'dispatcher' }))
  const listener = listen(eventChannel, { notify: wake, reconnected: sweep }, databaseUrl)
  const timer = setInterval(sweep, sweepEveryMs)
  void listener.ready.then(sweep)
  return {
    async stop() {
      isStopped = true
      clearInterval(timer)
      for (const waiting of later.values()) clearTimeout(waiting)
      await listener.close()
      await Promise.all(working.values())
    },
  }
}

/** Resolves with the milliseconds after which the tenant wants to be looked at again. */
async function dispatch(deps: ActivityDependencies, tenantId: string, isSweep: boolean): Promise<number | undefined> {
  if (await isToBeDeleted(deps, tenantId)) {
    await eraseTenant(deps, tenantId)
    return undefined
  }
  await handleEvents(deps, tenantId)
  await syncTriggers(deps, tenantId)
  if (isSweep) await sweepTenant(deps, tenantId)
  return advanceBackfills(deps, tenantId)
}

async function isToBeDeleted(deps: ActivityDependencies, tenantId: string): Promise<boolean> {
  const where = { id: tenantId, deletionRequestedAt: null }
  return (await deps.db(tenantId).tenant.count({ where })) === 0
}
