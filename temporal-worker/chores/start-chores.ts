/** What may be late: storage is measured, what is older than a plan keeps goes, plans without a subscription end. */
import type { ActivityDependencies } from '../activities/dependencies'
import { doChores } from './do-chores'

type Options = { tenants(): Promise<string[]>; everyMs?: number }

/** Looks after all tenants, one after the other, from time to time. */
export function startChores(
  deps: ActivityDependencies,
  { tenants, everyMs = 5 * 60_000 }: Options,
): { stop(): Promise<void> } {
  let isStopped = false
  let working: Promise<void> | undefined

  async function lookAfterAll(): Promise<void> {
    for (const tenantId of await tenants()) {
      if (isStopped) return
      await doChores(deps, tenantId).catch(error => deps.report(error, { tenantId, place: 'chores' }))
    }
  }

  const timer = setInterval(() => {
    working ??= lookAfterAll()
      .catch(error => deps.report(error, { place: 'chores' }))
      .finally(() => {
        working = undefined
      })
  }, everyMs)
  return {
    async stop() {
      isStopped = true
      clearInterval(timer)
      await working
    },
  }
}
