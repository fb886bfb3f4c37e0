import { Context } from '@temporalio/activity'
import type { TriggerRef } from '../contract'
import { catchUp } from '../triggers/fire-schedule'
import { pollTrigger } from '../triggers/poll-trigger'
import { whereTrigger } from '../triggers/trigger-row'
import type { ActivityDependencies } from './dependencies'
import { keepAlive } from './keep-alive'

export function createLookAtTrigger(deps: ActivityDependencies) {
  /** Starts what a trigger has to start now. */
  return async function lookAtTrigger(ref: TriggerRef): Promise<void> {
    const stop = keepAlive()
    try {
      const row = await deps.db(ref.tenantId).trigger.findUnique({ where: whereTrigger(ref), select: { kind: true } })
      if (row?.kind === 'polling') await pollTrigger(deps, ref, Context.current().cancellationSignal)
      else await catchUp(deps, ref)
    } finally {
      stop()
    }
  }
}
