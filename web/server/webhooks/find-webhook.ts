import { createHash, timingSafeEqual } from 'node:crypto'
import { tenantDb } from '#db/tenant-db'
import { isTemplate } from '#language/fields'
import type { JsonObject } from '#language/json'
import type { TriggerRef } from '#worker/contract'
import { findTenant, type TenantScope } from '../access/tenant-scope'
import { log } from '../log'
import { noteProblem } from './note-call'
import { createTriggerRender, TriggerProblem } from './trigger-render'

export type WebhookAddress = { tenant: string; namespace: string; id: string; key: string }

export type Webhook = {
  scope: TenantScope
  ref: TriggerRef
  /** The trigger as in the flow. */
  definition: JsonObject
  /** By hand, or by `stopAfter`. */
  disabled: boolean
  disabledReason: string | null
}

type Row = Pick<Webhook, 'definition' | 'disabled' | 'disabledReason'> & { triggerId: string }

const webhooksSql = `
SELECT trigger_id AS "triggerId", definition, disabled, disabled_reason AS "disabledReason" FROM trigger
WHERE tenant_id = $1::uuid AND namespace = $2 AND flow_id = $3 AND kind = 'webhook' ORDER BY trigger_id`

/** No tenant's: who asks for an unknown one must not be answered sooner. */
const nobody = '00000000-0000-0000-0000-000000000000'

/**
 * The webhook of an address; null where tenant, flow or key is wrong. Which of them it is can't be told from the
 * answer, nor from how the keys are compared.
 */
export async function findWebhook({ tenant, namespace, id, key }: WebhookAddress): Promise<Webhook | null> {
  // No name holds one, and Postgres takes none.
  if ([tenant, namespace, id].some(name => name.includes('\0'))) return null
  const scope = (await findTenant(tenant)) ?? { db: tenantDb(nobody), tenantId: nobody, tenant }
  const { db, tenantId } = scope
  const values = [tenantId, namespace, id]
  const [rows] = (await db.sql({ name: 'find-webhooks', text: webhooksSql, values })) as [Row[]]
  const given = digest(key)
  let found: Webhook | null = null
  for (const { triggerId, ...row } of rows.length > 0 ? rows : [noRow]) {
    const webhook = { scope, ref: { tenantId, namespace, flowId: id, triggerId }, ...row }
    const wanted = await readKey(webhook)
    // Compared even where there is none.
    const isSame = timingSafeEqual(digest(wanted ?? ''), given)
    if (isSame && wanted !== undefined) found ??= webhook
  }
  return found
}

const noRow: Row = { triggerId: '', definition: {}, disabled: false, disabledReason: null }

/** Of one length, so that comparing takes the same time whatever is compared. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** The key of a webhook; undefined where it has none, or none that can be told: then nothing opens it. */
async function readKey({ scope, ref, definition }: Webhook): Promise<string | undefined> {
  const { key } = definition
  if (!isTemplate(key)) return typeof key === 'string' && key !== '' ? key : undefined
  const { namespace, flowId: id } = ref
  try {
    const rendered = await createTriggerRender(scope, namespace, { flow: { namespace, id } }).render(key)
    return typeof rendered === 'string' && rendered !== '' ? rendered : undefined
  } catch (error) {
    if (!(error instanceof TriggerProblem)) throw error
    log.warn({ ...ref }, 'the key of a webhook can not be told')
    await noteProblem(scope, ref, `The key can't be told: ${error.message}`)
    return undefined
  }
}
