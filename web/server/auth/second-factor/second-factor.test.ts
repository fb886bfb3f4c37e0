import { TOTP } from 'otpauth'
import { expect, test } from 'vitest'
import { createRecoveryCodes, hashRecoveryCode } from './recovery-codes'
import { createTotpSecret, stepOfCode, totpUri } from './totp'

/** The secret of RFC 6238's own examples. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

test.each([
  ['at its time', '287082', 59_000, 1],
  ['another of the RFC', '081804', 1_111_111_109_000, 37_037_036],
  ['the step before', '287082', 89_000, 1],
  ['the step after', '287082', 29_000, 1],
  ['too late', '287082', 120_000, null],
  ['of nothing', '000000', 59_000, null],
  ['with spaces', '287 082', 59_000, null],
  ['of eight digits', '94287082', 59_000, null],
])('a code %s', (_, code, nowMs, step) => {
  expect(stepOfCode(secret, code, nowMs)).toBe(step)
})

test('a new secret is another each time, and a device reads it from its address', () => {
  const [first, second] = [createTotpSecret(), createTotpSecret()]
  expect(first).toMatch(/^[A-Z2-7]{32}$/)
  expect(first).not.toBe(second)
  const uri = totpUri(first, 'ada@example.com')
  expect(uri).toContain(`secret=${first}`)
  expect(uri).toContain('Millrace:ada%40example.com')
  expect(stepOfCode(first, new TOTP({ secret: first }).generate())).not.toBeNull()
})

test('ten recovery codes, none like another, known however they are typed', () => {
  const codes = createRecoveryCodes()
  expect(new Set(codes.map(({ code }) => code)).size).toBe(10)
  const { code = '', hash } = codes[0] ?? {}
  expect(code).toMatch(/^[2-9a-z]{4}(-[2-9a-z]{4}){3}$/)
  expect(hashRecoveryCode(code.toUpperCase().replaceAll('-', ' '))).toBe(hash)
  expect(hashRecoveryCode(`${code}x`)).toBeNull()
  expect(hashRecoveryCode('123456')).toBeNull()
})
