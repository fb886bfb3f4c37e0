import { z } from 'zod'
import type { Scope } from '../access/tenant-scope'
import { appendAudit } from './note-denied'

/**
 * What people do with executions, most of which changes no row that a trigger of the database could note. One that is
 * started, goes on or is removed does (migrations 0051 and 0082).
 */
const noted = /^(?:execution|bulk)\.(?!start$|restart$|previewInputs$|delete)/

/** `inputs` and `outputs` may hold secrets. */
const Sent = z
  .looseObject({ id: z.string().optional(), ids: z.array(z.string()).optional() })
  .transform(({ tenant, inputs, outputs, ids, ...rest }) => ({ ...rest, ...(ids && { ids: ids.slice(0, mostIds) }) }))
const Changed = z.object({ namespace: z.string().optional() })
const mostIds = 100

/** Keeps in the audit log what somebody did with executions, by the name of the procedure: `KILL`, `KILLBYIDS`. */
export async function noteAction(
  scope: Pick<Scope, 'wholeDb'>,
  { path, permission, input, output }: { path: string; permission: string; input: unknown; output: unknown },
): Promise<void> {
  if (!noted.test(path)) return
  const sent = Sent.safeParse(input).data ?? {}
  const target = 'id' in sent && typeof sent.id === 'string' ? sent.id : ''
  const { namespace } = Changed.safeParse(output).data ?? {}
  const action = path.slice(path.indexOf('.') + 1).toUpperCase()
  await appendAudit(scope.wholeDb, { action, permission, target, namespace, details: sent })
}
