/** Envelope encryption: values are sealed by a data key of their tenant, which a master key outside the database wraps. */
import { decrypt, encrypt } from './secrets/aes-gcm'
import { KeyError, type MasterKeys } from './secrets/master-keys'
import { createTenantKeys } from './secrets/tenant-keys'
import type { ScopedDb } from './tenant-db'

export { KeyError, type MasterKeys, readMasterKeys } from './secrets/master-keys'

/** A sealed value as it is stored: nonce, ciphertext and tag in one, and which data key of the tenant opens it. */
export type Sealed = { ciphertext: Buffer; dataKey: number }

export type SecretBox = {
  /** `place` is what the value belongs to (say namespace, key, version): moved anywhere else it can't be opened. */
  seal(tenantId: string, value: string, place: readonly string[]): Promise<Sealed>
  /** Rejects with `KeyError` where it was sealed for another place, or changed. */
  open(tenantId: string, sealed: Sealed, place: readonly string[]): Promise<string>
}

/** Without master keys a box is made all the same, and each use says what is missing. */
export function createSecretBox(masterKeys: MasterKeys | null, db: (tenantId: string) => ScopedDb): SecretBox {
  const keys = createTenantKeys(masterKeys, db)
  return {
    async seal(tenantId, value, place) {
      const { version, key } = await keys.current(tenantId)
      return { ciphertext: encrypt(key, Buffer.from(value), [tenantId, ...place]), dataKey: version }
    },
    async open(tenantId, { ciphertext, dataKey }, place) {
      const { key } = await keys.ofVersion(tenantId, dataKey)
      const value = decrypt(key, ciphertext, [tenantId, ...place])
      if (value === null) throw new KeyError('The sealed value belongs to another place, or was changed')
      return value.toString('utf8')
    },
  }
}
