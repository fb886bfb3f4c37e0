import { z } from 'zod'
import type { Scope } from '../access/tenant-scope'
import { Timestamp } from '../schemas'
import { requireExecution } from './list-logs'

/** So many causes in a row, so many steps of what followed, and so many executions of both at most. */
const mostCauses = 20
const mostSteps = 4
const mostExecutions = 200

const Relation = z.object({
  /** What led to it. */
  from: z.string(),
  /** `calls`: a task of it runs the flow. `starts`: a trigger follows it. `replays`: it is run again. */
  kind: z.enum(['calls', 'starts', 'replays']),
  /** Id of the task or the trigger. */
  via: z.string().optional(),
})

export const Lineage = z.object({
  executions: z.array(
    z.object({
      id: z.string(),
      namespace: z.string(),
      flowId: z.string(),
      state: z.string(),
      createdAt: Timestamp,
      cause: Relation.optional(),
    }),
  ),
  /** There are more than are told. */
  isCut: z.boolean(),
})
export type Lineage = z.infer<typeof Lineage>

const lineageSql = `
WITH RECURSIVE causes AS (
  SELECT $2::text AS id, 0 AS step
  UNION ALL
  SELECT coalesce(e.after_id, e.parent_id, nullif(e.original_id, e.id)), c.step + 1 FROM causes c
    JOIN execution e ON e.tenant_id = $1::uuid AND e.id = c.id WHERE c.step < ${mostCauses}),
effects AS (
  SELECT $2::text AS id, 0 AS step
  UNION
  SELECT next.id, f.step + 1 FROM effects f, LATERAL (
    SELECT e.id FROM execution e WHERE e.tenant_id = $1::uuid AND e.parent_id = f.id
    UNION ALL
    SELECT e.id FROM execution e WHERE e.tenant_id = $1::uuid AND e.after_id = f.id) next WHERE f.step < ${mostSteps}),
found AS (SELECT id FROM causes UNION SELECT id FROM (SELECT id FROM effects LIMIT ${mostExecutions + 1}) first)
SELECT e.id, e.namespace, e.flow_id AS "flowId", e.state, e.created_at AS "createdAt", e.parent_id AS "parentId",
  nullif(e.original_id, e.id) AS "originalId", e.trigger ->> 'id' AS via, e.after_id AS "afterId"
FROM execution e WHERE e.tenant_id = $1::uuid AND e.id IN (SELECT id FROM found)
ORDER BY e.created_at, e.id LIMIT ${mostExecutions + 1}`

type Row = {
  id: string
  namespace: string
  flowId: string
  state: string
  createdAt: Date
  parentId: string | null
  originalId: string | null
  via: string | null
  afterId: string | null
}

/** What led to an execution, and what it led to: calls of flows, triggers that follow, replays. */
export async function readLineage(scope: Scope, id: string): Promise<Lineage> {
  const { db, tenantId } = scope
  await requireExecution(scope, id)
  const [rows] = (await db.sql({ name: 'lineage', text: lineageSql, values: [tenantId, id] })) as [Row[]]
  const executions = rows.slice(0, mostExecutions).map(row => {
    const { createdAt, parentId, originalId, via, afterId, ...rest } = row
    return { ...rest, createdAt: createdAt.toISOString(), cause: causeOf(row) }
  })
  return { executions, isCut: rows.length > mostExecutions }
}

function causeOf({ parentId, originalId, via, afterId }: Row): z.infer<typeof Relation> | undefined {
  const by = via === null ? {} : { via }
  if (afterId !== null) return { from: afterId, kind: 'starts', ...by }
  if (parentId !== null) return { from: parentId, kind: 'calls', ...by }
  return originalId === null ? undefined : { from: originalId, kind: 'replays' }
}
