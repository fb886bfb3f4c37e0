import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'

export type SecretPlace = { namespace: string; key: string }

/** All its versions; flows that use it fail from then on, unless a namespace above has the same key. */
export async function deleteSecret({ db, tenantId }: Scope, { namespace, key }: SecretPlace): Promise<SecretPlace> {
  const { count } = await db.secret.deleteMany({ where: { tenantId, namespace, key } })
  if (count === 0) throw noSuchSecret({ namespace, key })
  return { namespace, key }
}

export function noSuchSecret({ namespace, key }: SecretPlace): AppError {
  return new AppError('NOT_FOUND', `There is no secret ${key} in ${namespace}`)
}
