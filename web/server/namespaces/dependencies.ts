import { z } from 'zod'
import { holdsTemplate } from '#language/fields'
import type { Plan } from '#language/plan'
import type { Scope } from '../access/tenant-scope'
import { planSteps } from '../flows/plan-task-ids'
import { readSettingsStamp, understandStored } from '../flows/stored-flow'
import { getNamespace } from './get-namespace'

const FlowName = z.object({ namespace: z.string(), id: z.string().meta({ description: '`*` is any flow of it' }) })
type FlowName = z.infer<typeof FlowName>

/** `from` comes before `to`: it calls it, or is what it starts after. */
export const Dependency = z.object({
  kind: z.enum(['calls', 'starts']),
  from: FlowName,
  to: FlowName,
  via: z.string().meta({ description: 'Id of the task that calls, or of the trigger' }),
})
export type Dependency = z.infer<typeof Dependency>

export const Dependencies = z.object({
  results: z.array(Dependency),
  /** Callers whose text says only when it runs which flow they call. */
  undecided: z.array(FlowName.extend({ via: z.string() })),
})
export type Dependencies = z.infer<typeof Dependencies>

/** More flows that call others are not looked at: each is compiled. */
const mostCallers = 2000

const callersSql = `
SELECT f.namespace, f.id, f.revision FROM flow f
  JOIN flow_revision r ON r.tenant_id = f.tenant_id AND r.namespace = f.namespace AND r.flow_id = f.id AND r.revision = f.revision
WHERE f.tenant_id = $1::uuid AND NOT f.deleted AND r.source ~ '(Subflow|ForEachItem|flow\\.Flow)'
ORDER BY f.namespace, f.id LIMIT ${mostCallers}`

type Caller = { namespace: string; id: string; revision: number }

/** What joins the flows of a namespace and those below it to each other and to others: calls, and triggers that follow. */
export async function listDependencies(scope: Scope, namespace: string): Promise<Dependencies> {
  await getNamespace(scope, namespace)
  const { results, undecided } = await listAllDependencies(scope)
  const isInside = (name: FlowName) => name.namespace === namespace || name.namespace.startsWith(`${namespace}.`)
  return {
    results: results.filter(({ from, to }) => isInside(from) || isInside(to)),
    undecided: undecided.filter(isInside),
  }
}

/** The same of all flows within reach. */
export async function listAllDependencies(scope: Scope): Promise<Dependencies> {
  const found = [await findCalls(scope), await findFollowers(scope)]
  return {
    results: found.flatMap(({ results }) => results),
    undecided: found.flatMap(({ undecided }) => undecided),
  }
}

async function findCalls(scope: Scope): Promise<Dependencies> {
  const { db, tenantId } = scope
  const [callers] = (await db.sql({ name: 'flow-callers', text: callersSql, values: [tenantId] })) as [Caller[]]
  const found: Dependencies = { results: [], undecided: [] }
  const settings = new Map<string, string | null>()
  for (const caller of callers) {
    const { namespace, revision } = caller
    if (!settings.has(namespace)) settings.set(namespace, await readSettingsStamp(scope, namespace))
    const { plan } = await understandStored(scope, caller, revision, settings.get(namespace) ?? null)
    if (plan === null) continue
    const calls = callsOf({ namespace: caller.namespace, id: caller.id }, plan)
    found.results.push(...calls.results)
    found.undecided.push(...calls.undecided)
  }
  return found
}

/** The flows that a plan's tasks call. */
export function callsOf(from: FlowName, plan: Plan): Dependencies {
  const found: Dependencies = { results: [], undecided: [] }
  for (const step of planSteps(plan)) {
    if (step.kind !== 'subflow' && !(step.kind === 'forEachItem' && step.part === 'items')) continue
    const { namespace, flowId } = step.properties
    const via = step.kind === 'forEachItem' ? step.id.replace(/_items$/, '') : step.id
    const target = isOwnNamespace(namespace) ? from.namespace : namespace
    if (typeof target !== 'string' || typeof flowId !== 'string' || holdsTemplate([target, flowId])) {
      found.undecided.push({ ...from, via })
    } else found.results.push({ kind: 'calls', from, to: { namespace: target, id: flowId }, via })
  }
  return found
}

function isOwnNamespace(namespace: unknown): boolean {
  return typeof namespace === 'string' && /^\{\{\s*flow\.namespace\s*\}\}$/.test(namespace)
}

async function findFollowers({ db, tenantId }: Scope): Promise<Dependencies> {
  const rows = await db.trigger.findMany({
    where: { tenantId, kind: 'flow', flow: { deleted: false } },
    select: { namespace: true, flowId: true, triggerId: true, followedFlows: true },
    orderBy: [{ namespace: 'asc' }, { flowId: 'asc' }],
  })
  const results = rows.flatMap(({ namespace, flowId, triggerId, followedFlows }) =>
    followedFlows.filter(isOfOneNamespace).map(key => ({
      kind: 'starts' as const,
      from: toName(key),
      to: { namespace, id: flowId },
      via: triggerId,
    })),
  )
  return { results, undecided: [] }
}

/** What starts after any flow at all says nothing of this one. */
function isOfOneNamespace(key: string): boolean {
  return key !== '*'
}

function toName(key: string): FlowName {
  const at = key.indexOf('/')
  return { namespace: key.slice(0, at), id: key.slice(at + 1) }
}
