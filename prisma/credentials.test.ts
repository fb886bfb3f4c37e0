import { describe, expect, test } from 'vitest'
import { createToken, describeToken, hashPassword, hashToken, verifyPassword } from './credentials'

describe('passwords', () => {
  test('are argon2id with a salt of their own', async () => {
    const hashes = await Promise.all([hashPassword('secret'), hashPassword('secret')])
    expect(hashes[0]).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(hashes[0]).not.toBe(hashes[1])
  })

  test.each([
    ['the same', 'pässwörd', 'pässwörd', true],
    ['the same, typed in decomposed letters', 'pässwörd', 'pässwörd'.normalize('NFD'), true],
    ['another', 'secret', 'Secret', false],
    ['empty', 'secret', '', false],
  ])('%s', async (_name, stored, given, isRight) => {
    expect(await verifyPassword(await hashPassword(stored), given)).toBe(isRight)
  })

  test('of nobody, or a hash that is none, are wrong', async () => {
    expect(await verifyPassword(undefined, 'the password of nobody')).toBe(false)
    expect(await verifyPassword('', '')).toBe(false)
    expect(await verifyPassword('plain', 'plain')).toBe(false)
  })
})

describe('tokens', () => {
  test('have a prefix, enough randomness and a checksum, and are stored as a hash', () => {
    const { token, hash, lastFour } = createToken()
    expect(token).toMatch(/^mr_[0-9A-Za-z]{38}$/)
    expect(hash).toBe(hashToken(token))
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    expect(token.endsWith(lastFour)).toBe(true)
  })

  test('differ', () => {
    expect(new Set(Array.from({ length: 1000 }, () => createToken().token)).size).toBe(1000)
  })

  test('SHA-256 as anyone computes it', () => {
    expect(describeToken('abc').hash).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })
})
