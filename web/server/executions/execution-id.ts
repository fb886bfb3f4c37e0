import { randomInt } from 'node:crypto'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** 22 base62 characters, as Kestra's: 131 bits, so that no two ever meet. */
export function createExecutionId(): string {
  return Array.from({ length: 22 }, () => alphabet[randomInt(alphabet.length)]).join('')
}
