import { randomUUID } from 'node:crypto'
import { Prisma, type Trigger as TriggerRow } from '#db/generated/client'
import { holdsTemplate } from '#language/fields'
import type { Flow } from '#language/flow'
import type { JsonObject } from '#language/json'
import { isSealed } from '#language/sealed'
import type { Backfill } from '#language/triggers/backfill'
import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { resolveStartInputs } from '../executions/resolve-start-inputs'
import { loadStartable } from '../executions/start-execution'
import { tellWorker } from '../flows/save-triggers'
import type { Label } from '../schemas'
import { confirmedAbove, estimateBackfill, scheduleOf } from './estimate-backfill'
import { findTriggerRow } from './find-trigger'
import { isDisabledInText } from './to-trigger'
import type { BackfillRange, TriggerKey } from './trigger-record'

export type StartBackfill = BackfillRange & { inputs?: JsonObject; labels?: Label[]; confirmed?: boolean }

/** Replays the dates of a schedule in a range of the past, one after the other; the worker does so from now on. */
export async function startBackfill(scope: Scope, key: TriggerKey, options: StartBackfill): Promise<void> {
  const { start, end, inputs = {}, labels = [], confirmed = false } = options
  const row = await findTriggerRow(scope, key)
  scheduleOf(row)
  refuseDisabled(row)
  const { flow } = await loadStartable(scope, { namespace: key.namespace, id: key.flowId })
  const estimate = await estimateBackfill(scope, { ...key, start, end })
  refuseByNumber(estimate.total, { ...estimate, confirmed })
  const backfill: Backfill = {
    id: randomUUID(),
    start: estimate.start,
    end: estimate.end,
    paused: false,
    inputs: await checkInputs(scope, flow, { row, inputs }),
    labels,
    total: estimate.total,
    isExact: estimate.isExact,
    handled: 0,
  }
  await scope.db.transact(async tx => {
    const { namespace, flowId, triggerId } = key
    const { count } = await tx.trigger.updateMany({
      where: { tenantId: scope.tenantId, namespace, flowId, triggerId, backfill: { equals: Prisma.DbNull } },
      data: { backfill, updatedAt: new Date() },
    })
    if (count === 0) throw new AppError('CONFLICT', `The trigger ${triggerId} has a backfill already: cancel it first`)
    await tellWorker(tx, scope.tenantId)
  })
}

function refuseDisabled(row: TriggerRow): void {
  if (isDisabledInText(row)) throw new AppError('CONFLICT', `The flow's text disables the trigger ${row.triggerId}`)
  if (row.disabled) throw new AppError('CONFLICT', `The trigger ${row.triggerId} is disabled: enable it first`)
}

function refuseByNumber(
  total: number,
  { start, end, isExact, confirmed }: { start: string; end: string; isExact: boolean; confirmed: boolean },
): void {
  if (total === 0) {
    const message = `The schedule has no date between ${start} and ${end}`
    throw new AppError('INVALID', message, [{ message, path: 'backfill', code: 'EMPTY_RANGE' }])
  }
  if (total <= confirmedAbove || confirmed) return
  const message = `This backfill starts ${isExact ? '' : 'about '}${total.toLocaleString('en')} executions: more than ${confirmedAbove.toLocaleString('en')} are started only with confirmed: true`
  throw new AppError('INVALID', message, [{ message, path: 'confirmed', code: 'CONFIRMATION_NEEDED' }])
}

/**
 * The inputs as they are kept: what is secret is sealed. Those that hold templates, and those that the trigger gives,
 * are known on each date only.
 */
async function checkInputs(
  scope: Scope,
  flow: Flow,
  { row, inputs }: { row: TriggerRow; inputs: JsonObject },
): Promise<JsonObject> {
  const unknown = Object.keys(inputs).filter(id => !flow.inputs.some(input => input.id === id))
  if (unknown.length > 0) {
    const details = unknown.map(id => ({ message: `the flow has no input ${id}`, path: `inputs.${id}` }))
    throw new AppError('INVALID', `Invalid inputs: ${details.map(({ message }) => message).join('; ')}`, details)
  }
  const ofTrigger = (row.definition as JsonObject).inputs as JsonObject | undefined
  const isKnown = (id: string) => (id in inputs ? !holdsTemplate(inputs[id]) : !(id in (ofTrigger ?? {})))
  const definitions = flow.inputs.filter(({ id }) => isKnown(id))
  const given = Object.fromEntries(Object.entries(inputs).filter(([id]) => isKnown(id)))
  const resolved = await resolveStartInputs(scope, { ...flow, inputs: definitions }, given)
  return Object.fromEntries(
    Object.entries(inputs).map(([id, value]) => {
      const sealed = resolved.inputs[id]
      return [id, isSealed(sealed) ? sealed : value]
    }),
  )
}
