import { describe, expect, test } from 'vitest'
import { type AccessRules, mayUse } from './namespace-access'

const rules: AccessRules = new Map([
  ['vault', []],
  ['company', ['company.data', 'lab']],
  ['company.data.raw', ['lab.one']],
])

describe('mayUse', () => {
  test.each<[string, string, boolean]>([
    ['anyone', 'open', true],
    ['vault', 'vault', true],
    ['anyone', 'vault', false],
    ['vault.below', 'vault', false],
    ['vault', 'vault.below', true],
    ['vault.below', 'vault.below', true],
    ['vault.other', 'vault.below', false],
    ['company.data', 'company', true],
    ['company.data.raw', 'company', true],
    ['company.database', 'company', false],
    ['lab.one', 'company.web', true],
    ['company.web', 'company', false],
    ['lab', 'company.data.raw', false],
    ['lab.one.deep', 'company.data.raw', true],
    ['company', 'company.data.raw', false],
  ])('%s uses %s: %s', (user, holder, expected) => expect(mayUse(rules, { user, holder })).toBe(expected))
})
