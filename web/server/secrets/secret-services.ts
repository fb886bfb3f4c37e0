import { createSecretBox, readMasterKeys } from '#db/secret-box'
import { environmentSecrets } from '#db/secrets/environment-secrets'
import { createSealedValues, type SealedValues } from '#db/secrets/sealed-values'
import { createSecretStore, type SecretStore } from '#db/secrets/secret-store'
import { tenantDb } from '#db/tenant-db'
import { webEnv } from '../env'

export type SecretServices = { store: SecretStore; sealedValues: SealedValues }

let shared: SecretServices | undefined

/** Secrets and sealed values under the master key of this process; each use rejects where it has none. */
export function secretServices(): SecretServices {
  shared ??= createServices()
  return shared
}

function createServices(): SecretServices {
  const db = (tenantId: string) => tenantDb(tenantId)
  const env = webEnv()
  const box = createSecretBox(readMasterKeys(env), db)
  const environment = environmentSecrets(process.env, env.MILLRACE_POLICY)
  return { store: createSecretStore(box, db, environment), sealedValues: createSealedValues(box) }
}
