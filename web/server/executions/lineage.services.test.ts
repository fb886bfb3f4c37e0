import { afterAll, beforeAll, expect, test } from 'vitest'
import { database } from '#db/client'
import type { Prisma } from '#db/generated/client'
import { tenantDb } from '#db/tenant-db'
import { type FreshDatabase, freshDatabase } from '../../../test/harness/database'
import type { Scope } from '../access/tenant-scope'
import { scopeOf } from '../testing/owner-scope'
import { readLineage } from './read-lineage'

let fresh: FreshDatabase
let scope: Scope

const afterFlow = (executionId: string) => ({
  ...{ id: 'follow', type: 'io.kestra.plugin.core.trigger.Flow', variables: { executionId } },
})

beforeAll(async () => {
  fresh = await freshDatabase()
  scope = scopeOf({ tenantId: fresh.tenantId, tenant: 'acme', userId: fresh.userId })
  const of = { tenantId: fresh.tenantId, namespace: 'company.team', flowRevision: 1, state: 'SUCCESS', plan: {} }
  const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute))
  const called = { id: 'call', type: 'io.kestra.plugin.core.flow.Subflow', variables: { executionId: 'root' } }
  const data: Prisma.ExecutionCreateManyInput[] = [
    { ...of, id: 'root', flowId: 'root', createdAt: at(0) },
    { ...of, id: 'child', flowId: 'child', parentId: 'root', trigger: called, createdAt: at(1) },
    { ...of, id: 'leaf', flowId: 'leaf', trigger: afterFlow('child'), createdAt: at(2), namespace: 'company.other' },
    { ...of, id: 'again', flowId: 'child', originalId: 'child', createdAt: at(3) },
    { ...of, id: 'alone', flowId: 'alone', createdAt: at(4), trigger: { id: 'hook', type: 'Webhook', variables: {} } },
    { ...of, id: 'own', flowId: 'own', originalId: 'own', createdAt: at(5) },
  ]
  await scope.db.execution.createMany({ data })
  await tenantDb(fresh.otherTenantId).execution.create({
    data: { ...of, tenantId: fresh.otherTenantId, id: 'theirs', flowId: 'x', parentId: 'root' },
  })
})
afterAll(() => fresh.drop())

const namesOf = async (id: string, by = scope) => (await readLineage(by, id)).executions.map(({ id: name }) => name)

test('causes and effects, however far', async () => {
  const { executions, isCut } = await readLineage(scope, 'child')
  expect(isCut).toBe(false)
  expect(executions.map(({ id, cause }) => [id, cause])).toEqual([
    ['root', undefined],
    ['child', { from: 'root', kind: 'calls', via: 'call' }],
    ['leaf', { from: 'child', kind: 'starts', via: 'follow' }],
  ])
  expect(await namesOf('root')).toEqual(['root', 'child', 'leaf'])
  expect(await namesOf('leaf')).toEqual(['root', 'child', 'leaf'])
})

test('a replay leads to what it repeats; what nothing led to stands alone', async () => {
  expect((await readLineage(scope, 'again')).executions.at(-1)?.cause).toEqual({ from: 'child', kind: 'replays' })
  expect(await namesOf('again')).toEqual(['root', 'child', 'again'])
  expect(await namesOf('alone')).toEqual(['alone'])
  expect(await namesOf('own')).toEqual(['own'])
})

test('within the tenant and the reach of who asks', async () => {
  const db = tenantDb(fresh.tenantId, database(), { namespaces: ['company.other'] })
  expect(await namesOf('leaf', { ...scope, db })).toEqual(['leaf'])
  await expect(readLineage({ ...scope, db }, 'root')).rejects.toThrow('There is no execution root')
  await expect(readLineage(scope, 'theirs')).rejects.toThrow('There is no execution theirs')
})
