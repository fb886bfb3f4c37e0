import { KeyError } from '#db/secret-box'
import { requirePermission, type Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { log } from '../log'
import type { Secret } from './secret'
import { secretServices } from './secret-services'
import { toSecret } from './to-secret'

type PutSecret = { namespace: string; key: string; value: string; description?: string | undefined }

/** Sets a secret: a new one, or the next version of one that is there, which takes the right to change it. */
export async function putSecret(scope: Scope, { namespace, key, value, description }: PutSecret): Promise<Secret> {
  const { db, tenantId, userId: createdBy } = scope
  const isThere = (await db.secret.count({ where: { tenantId, namespace, key } })) > 0
  if (isThere) await requirePermission(scope, 'SECRET:UPDATE', namespace)
  const described = description === undefined ? {} : { description }
  try {
    return toSecret(await secretServices().store.put({ tenantId, namespace, key, value, createdBy, ...described }, db))
  } catch (error) {
    if (!(error instanceof KeyError)) throw error
    log.error({ err: error }, 'a secret could not be sealed')
    throw new AppError('UNAVAILABLE', error.message)
  }
}
