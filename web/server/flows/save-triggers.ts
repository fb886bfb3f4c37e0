import { catalog } from '#catalog/manifests'
import { Prisma, type Trigger as TriggerRow } from '#db/generated/client'
import type { Transaction } from '#db/tenant-db'
import { applyDefaults } from '#language/compile/defaults'
import type { PluginDefinition } from '#language/define-plugin'
import type { Flow, Trigger } from '#language/flow'
import { datesOfTrigger } from '#language/triggers/dates-of-trigger'
import { afterEdit } from '#language/triggers/edited-dates'
import { followedFlows, followRule } from '#language/triggers/followed'
import { eventChannel } from '#worker/contract'
import type { Scope } from '../access/tenant-scope'

/**
 * Brings the rows of a flow's triggers to what its text says, in the transaction that saves it. What a trigger
 * remembers stays with it as long as its type stays, and its next date unless its own dates changed: Kestra counts by
 * the trigger's id, too. The worker then brings Temporal's schedules after (`is_synced`).
 */
export async function saveTriggers(tx: Transaction, { tenantId }: Scope, flow: Flow): Promise<void> {
  const { namespace, id: flowId } = flow
  const rows = await tx.trigger.findMany({ where: { tenantId, namespace, flowId } })
  const known = new Map(rows.map(row => [row.triggerId, row]))
  for (const written of flow.triggers) {
    const trigger = applyDefaults(written, flow.pluginDefaults, catalog)
    const plugin = catalog.find(trigger.type)
    if (plugin?.starts === undefined) continue
    const old = known.get(trigger.id)
    known.delete(trigger.id)
    const definition = trigger as Prisma.InputJsonObject
    const columns = { type: plugin.type, kind: plugin.starts, definition, ...followedBy(trigger) }
    const memory =
      old === undefined || old.type !== plugin.type ? newMemory(trigger, plugin) : keptMemory(old, trigger, plugin)
    const data = { ...columns, ...memory, isSynced: false, updatedAt: new Date() }
    await tx.trigger.upsert({
      where: { tenantId_namespace_flowId_triggerId: { tenantId, namespace, flowId, triggerId: trigger.id } },
      create: { tenantId, namespace, flowId, triggerId: trigger.id, ...data },
      update: data,
    })
  }
  await removeTriggers(tx, { tenantId, namespace, flowId }, [...known.keys()])
  await tellWorker(tx, tenantId)
}

/** Marks the triggers of a flow as gone; the worker removes the rows once Temporal's schedules are. */
export async function removeTriggers(
  tx: Transaction,
  flow: { tenantId: string; namespace: string; flowId: string },
  triggerIds?: string[],
): Promise<void> {
  await tx.trigger.updateMany({
    where: { ...flow, ...(triggerIds === undefined ? {} : { triggerId: { in: triggerIds } }) },
    data: { kind: 'removed', isSynced: false, updatedAt: new Date() },
  })
}

/** Wakes the worker's dispatcher at the transaction's end. */
export async function tellWorker(tx: Transaction, tenantId: string): Promise<void> {
  await tx.$executeRaw`select pg_notify(${eventChannel}, ${tenantId})`
}

/** What a trigger remembers that was never there before. */
export function newMemory(trigger: Trigger, plugin: PluginDefinition) {
  return {
    disabled: false,
    disabledReason: null,
    nextDate: firstDate(trigger, plugin),
    lastDate: null,
    evaluatedAt: new Date(),
    lastExecutionId: null,
    state: {},
    backfill: Prisma.DbNull,
    unlockedAt: null,
    error: null,
  }
}

/** A trigger that was removed and is back begins anew: nothing was due while it was not there. */
function keptMemory(old: TriggerRow, trigger: Trigger, plugin: PluginDefinition) {
  if (old.kind === 'removed') return newMemory(trigger, plugin)
  return plugin.starts === 'schedule'
    ? afterEdit({ ...old, definition: old.definition as Trigger }, { trigger, plugin, now: new Date() })
    : {}
}

/** Which executions a trigger looks at; none where it is disabled or doesn't follow any. */
function followedBy(trigger: Trigger) {
  const rule = trigger.disabled === true ? undefined : followRule(catalog, trigger)
  return { followedFlows: rule === undefined ? [] : followedFlows(rule), followedStates: [...(rule?.states ?? [])] }
}

function firstDate(trigger: Trigger, plugin: PluginDefinition): Date | null {
  return datesOfTrigger(plugin, trigger)?.next(new Date()) ?? null
}
