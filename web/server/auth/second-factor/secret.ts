import { readMasterKeys } from '#db/secret-box'
import { openForUser, type SealedUserValue, sealForUser, secondFactorName } from '#db/secrets/user-values'
import { webEnv } from '../../env'

/** The secret of a user's device, sealed under the master key of this process. */
export function sealSecret(userId: string, secret: string): Promise<SealedUserValue> {
  return sealForUser(readMasterKeys(webEnv()), { userId, name: secondFactorName }, secret)
}

export function openSecret(userId: string, row: { secret: Uint8Array; masterKey: string }): Promise<string> {
  const sealed = { ciphertext: row.secret, masterKey: row.masterKey }
  return openForUser(readMasterKeys(webEnv()), { userId, name: secondFactorName }, sealed)
}
