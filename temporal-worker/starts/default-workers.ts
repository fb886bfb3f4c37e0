import type { PlanName } from '#db/plans'
import type { ScopedDb, Transaction } from '#db/tenant-db'
import type { WorkerChoice } from '#language/plan'
import type { ExecuteFlowInput } from '../contract'
import type { PolicyFile } from '../runner-policy/policy-file'
import { readPolicyFile } from '../runner-policy/read-policy-file'

/**
 * Gives an execution the workers that the operator's file names for its tenant's tasks, where the flow and its tasks
 * name none. It is part of the plan from here on, so that a restart finds the same.
 */
export async function withDefaultWorkers(
  db: Pick<ScopedDb | Transaction, 'tenant'>,
  input: ExecuteFlowInput,
): Promise<ExecuteFlowInput> {
  if (input.plan.workers !== undefined) return input
  const file = await policyFile(process.env.MILLRACE_RUNNER_POLICY)
  if (!saysDefault(file)) return input
  const tenant = await db.tenant.findUniqueOrThrow({
    where: { id: input.tenantId },
    select: { slug: true, plan: true },
  })
  const workers = defaultOf(file, tenant)
  return workers === undefined ? input : { ...input, plan: { ...input.plan, workers } }
}

/** The tenant's own counts before its plan's, and that before the one for all. */
export function defaultOf(file: PolicyFile, { slug, plan }: { slug: string; plan: string }): WorkerChoice | undefined {
  const own = Object.hasOwn(file.tenants, slug) ? file.tenants[slug] : undefined
  const given = own?.workers ?? file.plans[plan as PlanName]?.workers ?? file.all.workers
  return given && { from: 'tenant', key: { raw: given.key }, fallback: given.fallback }
}

function saysDefault({ all, plans, tenants }: PolicyFile): boolean {
  return [all, ...Object.values(plans), ...Object.values(tenants)].some(({ workers }) => workers !== undefined)
}

let known: { path: string | undefined; file: Promise<PolicyFile> } | undefined

/** Read once: whoever changes it starts the processes anew. */
function policyFile(path: string | undefined): Promise<PolicyFile> {
  if (known === undefined || known.path !== path) known = { path, file: readPolicyFile(path) }
  return known.file
}
