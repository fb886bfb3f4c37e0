import { catalog } from '#catalog/manifests'
import { accessRefusal, mayUse, readAccessRules } from '#db/namespace-access'
import type { Problem } from '#language/check/problem'
import type { Flow, Trigger } from '#language/flow'
import { followedFlows, followRule } from '#language/triggers/followed'
import type { TenantScope } from '../access/tenant-scope'

/**
 * Triggers that start after flows of namespaces which don't admit this one: they start nothing as long as that is so. A
 * warning, since the rules of another namespace may change at any time.
 */
export async function findRefusedTriggers({ db, tenantId }: TenantScope, flow: Flow): Promise<Problem[]> {
  const user = flow.namespace
  const followed = flow.triggers.flatMap((trigger, index) =>
    namespacesOf(trigger)
      .filter(holder => holder !== user)
      .map(holder => ({ holder, index })),
  )
  if (followed.length === 0) return []
  const holders = followed.map(({ holder }) => holder)
  const rules = await readAccessRules(db, tenantId, holders)
  return followed
    .filter(({ holder }) => !mayUse(rules, { user, holder }))
    .map(({ holder, index }) => ({
      code: 'NOT_ADMITTED',
      severity: 'warning',
      message: `the trigger starts nothing: ${accessRefusal('executions', { user, holder })}`,
      path: ['triggers', index],
    }))
}

/** Of the flows that a trigger names. */
function namespacesOf(trigger: Trigger): string[] {
  const rule = trigger.disabled === true ? undefined : followRule(catalog, trigger)
  if (rule === undefined) return []
  const named = followedFlows(rule).flatMap(key => (key === '*' ? [] : [key.slice(0, key.indexOf('/'))]))
  return [...new Set(named)]
}
