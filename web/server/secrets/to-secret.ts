import type { SecretInfo } from '#db/secrets/secret-store'
import type { Secret } from './secret'

export function toSecret({ namespace, key, description, version, createdAt }: SecretInfo): Secret {
  return { namespace, key, description, version, updated: createdAt.toISOString() }
}
