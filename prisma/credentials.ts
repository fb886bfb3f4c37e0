import { createHash, randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { hash, verify } from '@node-rs/argon2'

/** OWASP's first choice for argon2id: 19 MiB, two passes. */
const argon2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), argon2)
}

let spareHash: Promise<string> | undefined

/** Takes as long for an absent user (`passwordHash` undefined) as for a wrong password, so that time tells nothing. */
export async function verifyPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  spareHash ??= hashPassword('the password of nobody')
  const isRight = await verify(passwordHash ?? (await spareHash), password.normalize('NFKC')).catch(() => false)
  return isRight && passwordHash !== undefined
}

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const prefix = 'mr_'
const randomLength = 32
const checksumLength = 6

/** What is stored of an API token; the token itself is shown once. */
export type NewToken = { token: string; hash: string; lastFour: string }

/** `mr_`, 32 random characters, six of checksum: scanners for leaked secrets can tell it from anything else. */
export function createToken(): NewToken {
  const random = Array.from({ length: randomLength }, () => alphabet[randomInt(alphabet.length)]).join('')
  return describeToken(`${prefix}${random}${checksum(random)}`)
}

export function describeToken(token: string): NewToken {
  return { token, hash: hashToken(token), lastFour: token.slice(-4) }
}

/** SHA-256, hex. No slow hash: a token has about 190 random bits. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

function checksum(text: string): string {
  let rest = crc32(text)
  let digits = ''
  for (let index = 0; index < checksumLength; index++) {
    digits = alphabet[rest % alphabet.length] + digits
    rest = Math.floor(rest / alphabet.length)
  }
  return digits
}
