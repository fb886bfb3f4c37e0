import { createHash, randomInt } from 'node:crypto'

const count = 10
const groups = 4
/** Without characters that are mistaken for each other. */
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz'

/** For a lost device: shown once, each taken once. @example 'k3vd-9mwx-2hqp-7tfa', about 79 random bits */
export function createRecoveryCodes(): { code: string; hash: string }[] {
  return Array.from({ length: count }, () => {
    const parts = Array.from({ length: groups }, randomGroup)
    return { code: parts.join('-'), hash: digest(parts.join('')) }
  })
}

/** SHA-256, hex, of a code as a person may type it; null where it can't be one. No slow hash: it is random. */
export function hashRecoveryCode(code: string): string | null {
  const plain = code.toLowerCase().replace(/[\s-]/g, '')
  return plain.length === groups * 4 ? digest(plain) : null
}

function digest(plain: string): string {
  return createHash('sha256').update(plain).digest('hex')
}

function randomGroup(): string {
  return Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('')
}
