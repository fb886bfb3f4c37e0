import { z } from 'zod'
import type { Scope } from '../access/tenant-scope'
import { findFlowRow } from './stored-flow'

export const FlowPresence = z.object({
  /** The newest one. */
  revision: z.number(),
  /** Whoever saved it, where that is known. */
  savedBy: z.string().optional(),
  /** Other pages on which the flow is open to be edited. */
  others: z.array(
    z.object({
      name: z.string(),
      /** Whether it is another page of whoever asks. */
      isYou: z.boolean(),
      /** Whether it has changes that are not saved. */
      isEditing: z.boolean(),
    }),
  ),
})
export type FlowPresence = z.infer<typeof FlowPresence>

/** A page that was not heard of for longer is closed. */
const presentMs = 40_000

type Told = { namespace: string; id: string; page: string; isEditing: boolean }

/** Notes that a page has a flow open, for others who edit it, and answers who they are. */
export async function tellPresence(scope: Scope, told: Told): Promise<FlowPresence> {
  const { revision } = await findFlowRow(scope, told)
  const [others, savedBy] = await Promise.all([meetOthers(scope, told), authorOf(scope, told, revision)])
  return { revision, savedBy, others }
}

async function meetOthers(
  { db, tenantId, userId }: Scope,
  { namespace, id: flowId, page: pageId, isEditing }: Told,
): Promise<FlowPresence['others']> {
  const flow = { tenantId, namespace, flowId }
  const now = new Date()
  const rows = await db.transact(async tx => {
    await tx.flowPresence.deleteMany({ where: { ...flow, seenAt: { lt: new Date(now.getTime() - presentMs) } } })
    const told = { isEditing, seenAt: now }
    const { count } = await tx.flowPresence.updateMany({ where: { ...flow, pageId, userId }, data: told })
    // A page of somebody else stays theirs.
    if (count === 0)
      await tx.flowPresence.createMany({ data: { ...flow, pageId, userId, ...told }, skipDuplicates: true })
    return tx.flowPresence.findMany({
      where: { ...flow, pageId: { not: pageId } },
      select: {
        userId: true,
        isEditing: true,
        membership: { select: { user: { select: { name: true, email: true } } } },
      },
      orderBy: { seenAt: 'desc' },
    })
  })
  return rows.map(row => ({
    name: nameOf(row.membership.user),
    isYou: row.userId === userId,
    isEditing: row.isEditing,
  }))
}

async function authorOf(
  { db, tenantId }: Scope,
  { namespace, id: flowId }: Told,
  revision: number,
): Promise<string | undefined> {
  const where = { tenantId_namespace_flowId_revision: { tenantId, namespace, flowId, revision } }
  const { createdBy } = (await db.flowRevision.findUnique({ where, select: { createdBy: true } })) ?? {}
  if (!createdBy) return undefined
  const member = await db.membership.findUnique({
    where: { tenantId_userId: { tenantId, userId: createdBy } },
    select: { user: { select: { name: true, email: true } } },
  })
  return member ? nameOf(member.user) : undefined
}

function nameOf({ name, email }: { name: string; email: string }): string {
  return name === '' ? email : name
}
