import { md5, sha1 } from '@noble/hashes/legacy.js'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Filter } from '../callable'
import { Complaint } from '../errors'
import { textInput } from './arguments'
import { fromBase64, toBase64 } from './base64'

/** Hashing costs more per character than copying. */
const workFactor = 4

export const hashFilters = {
  md5: hash('md5', md5, '5d41402abc4b2a76b9719d911017c592'),
  sha1: hash('sha1', sha1, 'aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d'),
  sha256: hash('sha256', sha256, '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'),
  sha512: hash(
    'sha512',
    sha512,
    '9b71d224bd62f3785d96d46ad3ea3d73319bfbc2890caadae2dff72519673ca72323c3d99ba5c11d7c7acc6e14b8c5da0c4663475c2e5c3adef46f73bcdec043',
  ),
  base64encode: {
    description: 'The UTF-8 bytes of a text in Base64.',
    example: '{{ "hello" | base64encode }} -> aGVsbG8=',
    apply: (input, _args, { budget }) => {
      if (input === null) return null
      const text = textInput(input, 'base64encode')
      budget.text(text.length * 4)
      return toBase64(utf8ToBytes(text))
    },
  },
  base64decode: {
    description: 'The text whose UTF-8 bytes are given in Base64.',
    example: '{{ "aGVsbG8=" | base64decode }} -> hello',
    apply: (input, _args, { budget }) => {
      if (input === null) return null
      const text = textInput(input, 'base64decode')
      budget.text(text.length)
      const bytes = fromBase64(text)
      if (!bytes) throw new Complaint('`base64decode` takes a text in Base64')
      return new TextDecoder().decode(bytes)
    },
  },
} satisfies Record<string, Filter>

function hash(name: string, digest: (bytes: Uint8Array) => Uint8Array, ofHello: string): Filter {
  return {
    description: `The ${name} of a text, in hexadecimal.`,
    example: `{{ "hello" | ${name} }} -> ${ofHello}`,
    apply: (input, _args, { budget }) => {
      if (input === null) return null
      const text = textInput(input, name)
      budget.text(text.length)
      budget.spend((text.length * workFactor) / 64)
      return bytesToHex(digest(utf8ToBytes(text)))
    },
  }
}
