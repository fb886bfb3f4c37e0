/**
 * Realtime triggers are listened to by one worker each, of those that are there: who holds the lease in a trigger's row
 * renews it; that of a worker which is gone runs out, and another takes it. A trigger that fails listens again after a while.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Trigger as TriggerRow } from '#db/generated/client'
import type { JsonObject } from '#language/json'
import type { ActivityDependencies } from '../../activities/dependencies'
import { type Lease, leaseMs, releaseLease, renewLease, takeLease } from './lease'
import { listenOnce } from './listen-once'

type Options = {
  tenants(): Promise<string[]>
  /** How often it looks for triggers that nobody listens to. */
  lookEveryMs?: number
  /** How long it waits after the first of several failures; twice as long after each further one, up to a minute. */
  firstWaitMs?: number
}

const longestWaitMs = 60_000

/** Who has listened for so long does so without the error before. */
const calmAfterMs = 10_000

/** Listens to all realtime triggers that no other worker listens to, until it is stopped. */
export function startRealtime(deps: ActivityDependencies, options: Options): { stop(): Promise<void> } {
  const { tenants, lookEveryMs = 5000, firstWaitMs = 1000 } = options
  const holder = randomUUID()
  const stopping = new AbortController()
  const listening = new Map<string, Promise<void>>()

  async function lookAt(tenantId: string): Promise<void> {
    const db = deps.db(tenantId)
    const rows = await db.trigger.findMany({
      where: { tenantId, kind: 'realtime', disabled: false, flow: { tenant: { deletionRequestedAt: null } } },
    })
    for (const row of rows) {
      const key = JSON.stringify([tenantId, row.namespace, row.flowId, row.triggerId])
      const isOff = (row.definition as JsonObject).disabled === true
      if (isOff || stopping.signal.aborted || listening.has(key) || !(await takeLease(db, row, holder))) continue
      const work = keepListening(deps, row, { holder, stopped: stopping.signal, firstWaitMs })
        .catch(error => deps.report(error, { tenantId, triggerId: row.triggerId }))
        .finally(() => listening.delete(key))
      listening.set(key, work)
    }
  }

  async function look(): Promise<void> {
    for (const tenantId of await tenants()) {
      if (stopping.signal.aborted) return
      await lookAt(tenantId).catch(error => deps.report(error, { tenantId, place: 'realtime' }))
    }
  }

  const looking = (async () => {
    while (!stopping.signal.aborted) {
      await look().catch(error => deps.report(error, { place: 'realtime' }))
      await delay(lookEveryMs, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  })()
  return {
    async stop() {
      stopping.abort()
      await looking
      await Promise.all(listening.values())
    },
  }
}

type Keep = { holder: string; stopped: AbortSignal; firstWaitMs: number }

/** Listens as long as the lease is held, which an edit of the trigger ends, too. */
async function keepListening(deps: ActivityDependencies, row: TriggerRow, keep: Keep): Promise<void> {
  const { tenantId, namespace, flowId, triggerId, type, updatedAt } = row
  const ref = { tenantId, namespace, flowId, triggerId }
  const lease: Lease = { ref, holder: keep.holder, updatedAt }
  const db = deps.db(tenantId)
  const { signal, stop } = renewed(deps, lease, keep.stopped)
  try {
    for (let failures = 0; !signal.aborted; failures++) {
      const begun = Date.now()
      const note = (error: string | null) =>
        db.trigger.updateMany({ where: { ...ref, updatedAt }, data: { error, evaluatedAt: new Date() } })
      const calm = setTimeout(() => void note(null).catch(() => undefined), calmAfterMs)
      const reason = await listenOnce(deps, { ref, type }, signal).finally(() => clearTimeout(calm))
      if (reason === undefined) return
      await note(reason)
      if (Date.now() - begun > longestWaitMs) failures = 0
      const wait = Math.min(keep.firstWaitMs * 2 ** failures, longestWaitMs)
      await delay(wait, undefined, { signal }).catch(() => undefined)
    }
  } finally {
    await stop()
    await releaseLease(db, lease)
  }
}

/** A signal that is aborted when the lease is not held any more: lost, ended by an edit, or not renewed in time. */
function renewed(deps: ActivityDependencies, lease: Lease, stopped: AbortSignal) {
  const lost = new AbortController()
  const over = new AbortController()
  let renewedAt = Date.now()
  const work = (async () => {
    while (!over.signal.aborted && !lost.signal.aborted) {
      await delay(leaseMs / 5, undefined, { signal: over.signal }).catch(() => undefined)
      if (over.signal.aborted) return
      const begun = Date.now()
      const isHeld = await renewLease(deps.db(lease.ref.tenantId), lease).catch(() => undefined)
      if (isHeld === true) renewedAt = begun
      if (isHeld === false || Date.now() - renewedAt > leaseMs) lost.abort()
    }
  })()
  return {
    signal: AbortSignal.any([stopped, lost.signal]),
    async stop() {
      over.abort()
      await work
    },
  }
}
