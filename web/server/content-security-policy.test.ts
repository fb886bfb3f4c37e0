import { expect, test } from 'vitest'
import { contentSecurityPolicy } from './content-security-policy'

function scriptSources(isDevelopment: boolean): string[] {
  const policy = contentSecurityPolicy({ nonce: 'abc', isDevelopment })
  const directive = policy.split('; ').find(part => part.startsWith('script-src '))
  return directive?.split(' ').slice(1) ?? []
}

test('runs no script without the nonce in production', () => {
  expect(scriptSources(false)).toEqual(["'self'", "'nonce-abc'", "'strict-dynamic'"])
})

test('lets React evaluate text in development alone', () => {
  expect(scriptSources(true)).toContain("'unsafe-eval'")
})
