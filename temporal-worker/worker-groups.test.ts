import { describe, expect, test } from 'vitest'
import { DefaultWorkers, groupsFor, type WantedWorkers, WorkerGroups } from './worker-groups'

const groups = WorkerGroups.parse({
  office: { tenants: ['acme'] },
  gpu: { tags: ['cuda', 'eu'], tenants: ['acme', 'other'] },
  shared: { tags: ['eu'], all: true },
  nobody: { tags: ['eu'], tenants: [] },
})

describe('groups that a tenant may use', () => {
  test.each<[tenant: string, wanted: WantedWorkers, expected: string[]]>([
    ['acme', { key: 'office' }, ['office']],
    ['other', { key: 'office' }, []],
    ['acme', { key: 'Office' }, []],
    ['acme', { key: 'unknown' }, []],
    ['acme', { key: 'cuda' }, []],
    ['stranger', { key: 'shared' }, ['shared']],
    ['acme', { key: 'nobody' }, []],
    ['acme', { key: '__proto__' }, []],
    ['acme', { tags: ['eu'], match: 'ALL' }, ['gpu', 'shared']],
    ['stranger', { tags: ['eu'], match: 'ALL' }, ['shared']],
    ['acme', { tags: ['eu', 'cuda'], match: 'ALL' }, ['gpu']],
    ['acme', { tags: ['office'], match: 'ALL' }, ['office']],
    ['other', { tags: ['office'], match: 'ANY' }, []],
    ['acme', { tags: ['cuda', 'office', 'none'], match: 'ANY' }, ['office', 'gpu']],
    ['acme', { tags: ['none'], match: 'ANY' }, []],
  ])('%s %j', (tenant, wanted, expected) => expect(groupsFor(groups, tenant, wanted)).toEqual(expected))
})

describe("the operator's words", () => {
  test.each<[written: unknown, isGood: boolean]>([
    [{ gpu: { tenants: ['acme'] } }, true],
    [{ gpu: { all: true, tags: ['cuda'] } }, true],
    [{ gpu: {} }, false],
    [{ gpu: { all: false } }, false],
    [{ gpu: { all: true, tenants: [] } }, false],
    [{ 'a/b': { all: true } }, false],
    [{ gpu: { all: true, tags: ['a b'] } }, false],
  ])('%j', (written, isGood) => expect(WorkerGroups.safeParse(written).success).toBe(isGood))

  test.each<[written: unknown, expected: unknown]>([
    ['gpu', { key: 'gpu', fallback: 'WAIT' }],
    [
      { key: 'gpu', fallback: 'FAIL' },
      { key: 'gpu', fallback: 'FAIL' },
    ],
    [{ key: 'a/b' }, undefined],
    [{ key: 'gpu', fallback: 'IGNORE' }, undefined],
  ])('a default: %j', (written, expected) => expect(DefaultWorkers.safeParse(written).data).toEqual(expected))
})
