/** What is secret of a user and belongs to no tenant (the secret of a second factor): sealed by the master key itself. */
import type { Database } from '../client'
import { KeyError, type MasterKeys, masterKeyOf, requireMasterKeys } from './master-keys'

/** As it is stored: the ciphertext, and the fingerprint of the master key that opens it. */
export type SealedUserValue = { ciphertext: Uint8Array<ArrayBuffer>; masterKey: string }

/** `name` is what the value is: under another name, or for another user, it can't be opened. */
export async function sealForUser(
  masterKeys: MasterKeys | null,
  { userId, name }: { userId: string; name: string },
  value: string,
): Promise<SealedUserValue> {
  const { current } = requireMasterKeys(masterKeys)
  const ciphertext = new Uint8Array(await current.wrap(Buffer.from(value), placeOf(userId, name)))
  return { ciphertext, masterKey: current.id }
}

/** Rejects with `KeyError` where it was sealed for somebody else, or changed. */
export async function openForUser(
  masterKeys: MasterKeys | null,
  { userId, name }: { userId: string; name: string },
  sealed: { ciphertext: Uint8Array; masterKey: string },
): Promise<string> {
  const key = masterKeyOf(requireMasterKeys(masterKeys), sealed.masterKey)
  const value = await key.unwrap(Buffer.from(sealed.ciphertext), placeOf(userId, name))
  if (value === null) throw new KeyError('A sealed value of this account belongs to another place, or was changed')
  return value.toString('utf8')
}

export const secondFactorName = 'second factor'

/** Seals anew, under the current master key, what another one sealed; how many. */
export async function resealUserValues(db: Database, keys: MasterKeys): Promise<number> {
  const rows = await db.secondFactor.findMany({ where: { masterKey: { not: keys.current.id } } })
  for (const { userId, secret, masterKey } of rows) {
    const place = { userId, name: secondFactorName }
    const anew = await sealForUser(keys, place, await openForUser(keys, place, { ciphertext: secret, masterKey }))
    const where = { userId, masterKey }
    await db.secondFactor.updateMany({ where, data: { secret: anew.ciphertext, masterKey: anew.masterKey } })
  }
  return rows.length
}

function placeOf(userId: string, name: string): string[] {
  return ['user value', userId, name]
}
