import { z } from 'zod'
import { Prisma } from '#db/generated/client'
import type { Scope } from '../access/tenant-scope'

const Amount = { executions: z.number(), taskSeconds: z.number() }

export const Usage = z.object({
  /** Each day of the span, today (UTC) last. */
  days: z.array(z.object({ day: z.string().meta({ format: 'date' }), ...Amount })),
  /** Those with the most executions. */
  flows: z.array(z.object({ namespace: z.string(), flowId: z.string(), ...Amount })),
  /** All of them, with the files they keep now. */
  namespaces: z.array(z.object({ namespace: z.string(), ...Amount, storageBytes: z.number() })),
})
export type Usage = z.infer<typeof Usage>

type Amounts = { executions: number; taskMs: bigint }

const mostFlows = 50

/** What was used in the last days: executions that ended, and the time of their task runs. */
export async function listUsage({ db, tenantId }: Scope, days: number): Promise<Usage> {
  const since = new Date(Date.now() - (days - 1) * 86_400_000).toISOString().slice(0, 10)
  // What is not folded yet counts as well.
  const used = Prisma.sql`(
    select day, namespace, flow_id, executions, task_ms from usage_day where tenant_id = ${tenantId}::uuid
    union all
    select day, namespace, flow_id, executions, task_ms from usage_event where tenant_id = ${tenantId}::uuid) used
    where day >= ${since}::date`
  const amounts = Prisma.sql`sum(executions)::int as executions, sum(task_ms)::bigint as "taskMs"`
  const [ofDays, flows, namespaces, stored] = await Promise.all([
    db.$queryRaw<(Amounts & { day: string })[]>`select day::text as day, ${amounts} from ${used} group by day`,
    db.$queryRaw<(Amounts & { namespace: string; flowId: string })[]>`
      select namespace, flow_id as "flowId", ${amounts} from ${used} group by namespace, flow_id
      order by executions desc, namespace, flow_id limit ${mostFlows}`,
    db.$queryRaw<(Amounts & { namespace: string })[]>`select namespace, ${amounts} from ${used} group by namespace`,
    db.usageStorage.findMany({ where: { tenantId }, select: { namespace: true, bytes: true } }),
  ])
  return {
    days: everyDay(since, days).map(day => ({ day, ...toAmount(ofDays.find(row => row.day === day)) })),
    flows: flows.map(({ namespace, flowId, ...row }) => ({ namespace, flowId, ...toAmount(row) })),
    namespaces: joined(namespaces, stored),
  }
}

function joined(
  used: (Amounts & { namespace: string })[],
  stored: { namespace: string; bytes: bigint }[],
): Usage['namespaces'] {
  const names = [...new Set([...used, ...stored].map(({ namespace }) => namespace))].sort()
  return names.map(namespace => ({
    namespace,
    ...toAmount(used.find(row => row.namespace === namespace)),
    storageBytes: Number(stored.find(row => row.namespace === namespace)?.bytes ?? 0),
  }))
}

function toAmount(row: Amounts | undefined): { executions: number; taskSeconds: number } {
  return { executions: row?.executions ?? 0, taskSeconds: Number(row?.taskMs ?? 0) / 1000 }
}

function everyDay(since: string, days: number): string[] {
  const first = new Date(since).getTime()
  return Array.from({ length: days }, (_, index) => new Date(first + index * 86_400_000).toISOString().slice(0, 10))
}
