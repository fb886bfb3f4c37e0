import { createHash } from 'node:crypto'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** As many as ids made by chance have: about 131 bits. */
const length = 22

/** The id of the one execution that a cause comes to, however often it is handled. */
export function derivedId(...cause: string[]): string {
  let rest = BigInt(`0x${createHash('sha256').update(JSON.stringify(cause)).digest('hex')}`)
  let id = ''
  for (let index = 0; index < length; index++) {
    id += alphabet[Number(rest % 62n)]
    rest /= 62n
  }
  return id
}
