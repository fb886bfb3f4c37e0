import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const nonceBytes = 12
const tagBytes = 16

/** AES-256-GCM: nonce, ciphertext and tag in one. `bound` is not stored, and has to be the same when it is opened. */
export function encrypt(key: Buffer, content: Buffer, bound: readonly string[]): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(toBytes(bound))
  return Buffer.concat([nonce, cipher.update(content), cipher.final(), cipher.getAuthTag()])
}

/** What `encrypt` was given, or null where the key, the place or a byte is another. */
export function decrypt(key: Buffer, sealed: Uint8Array, bound: readonly string[]): Buffer | null {
  const bytes = Buffer.from(sealed)
  if (bytes.length < nonceBytes + tagBytes) return null
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes))
  decipher.setAAD(toBytes(bound))
  decipher.setAuthTag(bytes.subarray(-tagBytes))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()])
  } catch {
    return null
  }
}

/** As JSON, so that no two lists read the same. */
function toBytes(bound: readonly string[]): Buffer {
  return Buffer.from(JSON.stringify(bound))
}
