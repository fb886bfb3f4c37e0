import type { ExpressionFunction } from '../callable'
import { Complaint } from '../errors'
import { integerArgument, textArgument } from '../filters/arguments'
import type { Env } from '../types'

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const urlAlphabet = 'useandom-26T198340PX75pxJACKVERYMINDBUSHWOLF_GQZbfghjklqvwyzrict'
const longestId = 1_000
/** KSUIDs count seconds from here, so that 32 bits last until 2150. */
const ksuidEpochSeconds = 1_400_000_000

export const randomFunctions = {
  id: {
    description: 'A random id of 22 letters and digits.',
    cost: 20,
    example: '{{ id() }}',
    call: (_args, { env }) => toBase62(uuidBytes(env), 22),
  },
  ksuid: {
    description: 'A random id of 27 letters and digits that sorts by time.',
    cost: 20,
    example: '{{ ksuid() }}',
    call: (_args, { env }) => ksuid(env),
  },
  nanoId: {
    parameters: ['length?', 'alphabet?'],
    description: 'A random id of a length and an alphabet.',
    cost: 20,
    example: '{{ nanoId(length=10) }}',
    call: (args, { env }) => {
      const length = integerArgument(args, 'length', 21)
      const alphabet = textArgument(args, 'alphabet', urlAlphabet)
      if (length < 1 || length > longestId) throw new Complaint(`\`nanoId\` has a length of 1 to ${longestId}`)
      if (alphabet === '') throw new Complaint('`nanoId` needs an alphabet')
      return Array.from({ length }, () => alphabet.charAt(Math.floor(env.random() * alphabet.length))).join('')
    },
  },
  randomInt: {
    parameters: ['lower', 'upper'],
    description: 'A random whole number from `lower` up to, but not including, `upper`.',
    cost: 20,
    example: '{{ randomInt(lower=1, upper=10) }}',
    call: (args, { env }) => {
      const lower = integerArgument(args, 'lower')
      const upper = integerArgument(args, 'upper')
      if (lower > upper) throw new Complaint('In `randomInt`, `upper` must not be less than `lower`')
      return lower + Math.floor(env.random() * (upper - lower))
    },
  },
  randomPort: {
    description: 'A random port above those of well-known services.',
    cost: 20,
    example: '{{ randomPort() }}',
    call: (_args, { env }) => 32_768 + Math.floor(env.random() * (65_535 - 32_768)),
  },
  uuid: {
    description: 'A random UUID.',
    cost: 20,
    example: '{{ uuid() }}',
    call: (_args, { env }) => {
      const hex = uuidBytes(env).map(byte => byte.toString(16).padStart(2, '0'))
      return [hex.slice(0, 4), hex.slice(4, 6), hex.slice(6, 8), hex.slice(8, 10), hex.slice(10)]
        .map(part => part.join(''))
        .join('-')
    },
  },
} satisfies Record<string, ExpressionFunction>

function randomBytes(env: Env, length: number): number[] {
  return Array.from({ length }, () => Math.floor(env.random() * 256))
}

function uuidBytes(env: Env): number[] {
  const bytes = randomBytes(env, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return bytes
}

function ksuid(env: Env): string {
  const seconds = Math.floor(env.nowMs / 1000) - ksuidEpochSeconds
  const stamp = [24, 16, 8, 0].map(shift => (seconds >>> shift) & 255)
  return toBase62([...stamp, ...randomBytes(env, 16)], 27)
}

/** Long division, since the number doesn't fit a double and a workflow's bundle targets ES2017, without BigInt. */
function toBase62(bytes: number[], length: number): string {
  const digits: string[] = []
  let rest = bytes
  while (digits.length < length) {
    let remainder = 0
    rest = rest.map(byte => {
      const value = remainder * 256 + byte
      remainder = value % 62
      return Math.floor(value / 62)
    })
    digits.unshift(base62.charAt(remainder))
  }
  return digits.join('')
}
