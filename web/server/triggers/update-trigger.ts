import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { nameOfUser } from '../executions/user-name'
import { tellWorker } from '../flows/save-triggers'
import { findTriggerRow, getTrigger, whereTrigger } from './find-trigger'
import { type StartBackfill, startBackfill } from './start-backfill'
import { isDisabledInText } from './to-trigger'
import type { TriggerKey, TriggerRecord } from './trigger-record'

export type UpdateTrigger = TriggerKey & {
  disabled?: boolean
  backfill?: Omit<StartBackfill, 'confirmed'>
  confirmed?: boolean
}

/** Disables or enables a trigger, or starts a backfill of it. */
export async function updateTrigger(scope: Scope, input: UpdateTrigger): Promise<TriggerRecord> {
  const { namespace, flowId, triggerId, disabled, backfill, confirmed } = input
  const key = { namespace, flowId, triggerId }
  const current = await getTrigger(scope, key)
  if (disabled !== undefined && disabled !== current.disabled) await setDisabled(scope, key, disabled)
  // Kestra's clients send the whole trigger back, with the backfill that it has.
  if (backfill && !isSame(backfill, current.backfill)) await startBackfill(scope, key, { ...backfill, confirmed })
  return getTrigger(scope, key)
}

/**
 * A trigger that is enabled again goes on from the date where it was: `recoverMissedSchedules` says which of the dates
 * that it missed come.
 */
async function setDisabled(scope: Scope, key: TriggerKey, disabled: boolean): Promise<void> {
  const row = await findTriggerRow(scope, key)
  if (!disabled && isDisabledInText(row)) {
    throw new AppError('CONFLICT', `The flow's text disables the trigger ${key.triggerId}: change it there`)
  }
  const disabledReason = disabled ? `by ${await nameOfUser(scope)}` : null
  await scope.db.transact(async tx => {
    await tx.trigger.update({
      where: whereTrigger(scope.tenantId, key),
      data: { disabled, disabledReason, isSynced: false, updatedAt: new Date() },
    })
    await tellWorker(tx, scope.tenantId)
  })
}

function isSame(asked: { start: string; end?: string }, running: TriggerRecord['backfill']): boolean {
  const same = (a: string | undefined, b: string) => a !== undefined && Date.parse(a) === Date.parse(b)
  return running !== undefined && same(asked.start, running.start) && same(asked.end, running.end)
}
