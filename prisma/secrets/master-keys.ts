import { createHash } from 'node:crypto'
import { decrypt, encrypt } from './aes-gcm'
import { awsKmsKey } from './aws-kms-key'

/** The key that wraps the data keys of all tenants. Its id stands beside what it wrapped. */
export type MasterKey = {
  id: string
  /** `bound`: what the key belongs to; it opens only with the same. */
  wrap(key: Buffer, bound: readonly string[]): Promise<Buffer>
  /** null where it was wrapped for something else, or changed. */
  unwrap(wrapped: Buffer, bound: readonly string[]): Promise<Buffer | null>
}

/** `current` wraps; `previous` still opens, while a rotation is under way. */
export type MasterKeys = { current: MasterKey; previous?: MasterKey }

/** Something is wrong with the keys of this installation; the message is its operator's, and tells no secret. */
export class KeyError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'KeyError'
  }
}

const howToMake = 'the output of: openssl rand -base64 32, or to awskms:<id, ARN or alias of a key of AWS KMS>'

/** A master key that is kept by AWS KMS: `awskms:alias/millrace`. */
const ofAwsKms = /^awskms:(.+)$/

/**
 * Reads the master keys of an environment; null where there are none.
 * @param source `MILLRACE_MASTER_KEY` and, while a rotation is under way, `MILLRACE_MASTER_KEY_PREVIOUS`
 */
export function readMasterKeys(source: { [name: string]: unknown }): MasterKeys | null {
  const { MILLRACE_MASTER_KEY: current, MILLRACE_MASTER_KEY_PREVIOUS: previous } = source
  if (typeof current !== 'string' || current === '') return null
  return {
    current: toKey('MILLRACE_MASTER_KEY', current),
    ...(typeof previous === 'string' && previous !== ''
      ? { previous: toKey('MILLRACE_MASTER_KEY_PREVIOUS', previous) }
      : {}),
  }
}

export function requireMasterKeys(keys: MasterKeys | null): MasterKeys {
  if (keys !== null) return keys
  throw new KeyError(
    `This installation has no master key, so that secrets can neither be kept nor read: its operator sets MILLRACE_MASTER_KEY to ${howToMake}, the same for the web app and each worker`,
  )
}

/** The key of a fingerprint. */
export function masterKeyOf({ current, previous }: MasterKeys, id: string): MasterKey {
  if (current.id === id) return current
  if (previous?.id === id) return previous
  const known = previous === undefined ? current.id : `${current.id} and ${previous.id}`
  throw new KeyError(
    `The secrets of this tenant were sealed under the master key ${id}, and this process has ${known}: its operator gives the older key as MILLRACE_MASTER_KEY_PREVIOUS`,
  )
}

function toKey(name: string, text: string): MasterKey {
  const [, kmsKey] = ofAwsKms.exec(text.trim()) ?? []
  if (kmsKey !== undefined) return awsKmsKey(kmsKey)
  const key = Buffer.from(text.trim(), 'base64')
  if (key.length !== 32) throw new KeyError(`${name} is no key of 32 bytes in Base64: set it to ${howToMake}`)
  return {
    id: createHash('sha256').update('millrace master key').update(key).digest('hex').slice(0, 12),
    wrap: async (content, bound) => encrypt(key, content, bound),
    unwrap: async (wrapped, bound) => decrypt(key, wrapped, bound),
  }
}
