import { type PlanName, plans } from '#db/plans'
import { changePolicy, type PolicyChange, type RunnerPolicy } from '../runners/policy'
import type { PolicyFile } from './policy-file'

export type TenantOfPolicy = { slug: string; plan: PlanName }

/** A plan that changes is known within. */
const knownForMs = 30_000

/** Resolves the policy of each tenant; asks for its plan when it is needed, and not again for half a minute. */
export function createTenantPolicies(given: {
  base: RunnerPolicy
  file: PolicyFile
  readTenant(tenantId: string): Promise<TenantOfPolicy>
}): (tenantId: string) => Promise<RunnerPolicy> {
  const known = new Map<string, { policy: Promise<RunnerPolicy>; untilMs: number }>()
  return tenantId => {
    const last = known.get(tenantId)
    if (last !== undefined && Date.now() < last.untilMs) return last.policy
    const policy = given.readTenant(tenantId).then(tenant => resolvePolicy(given.base, given.file, tenant))
    known.set(tenantId, { policy, untilMs: Date.now() + knownForMs })
    policy.catch(() => known.delete(tenantId))
    return policy
  }
}

/** What the installation's profile says, then the plan, then the file: for all, for the plan, for the tenant. The last word counts. */
export function resolvePolicy(base: RunnerPolicy, file: PolicyFile, { slug, plan }: TenantOfPolicy): RunnerPolicy {
  const changes = [changeOfPlan(plan), file.all, file.plans[plan], file.tenants[slug]]
  const policy = changes.reduce<RunnerPolicy>((before, change) => changePolicy(before, change ?? {}), base)
  const { cpus, memoryBytes } = policy.limits
  return { ...policy, grant: { ...policy.grant, most: { cpus, memoryBytes } } }
}

function changeOfPlan(plan: PlanName): PolicyChange {
  const { task, cluster } = plans[plan]
  const { logBytes, ...limits } = task
  return { limits, maxLogBytes: logBytes, grant: cluster }
}
