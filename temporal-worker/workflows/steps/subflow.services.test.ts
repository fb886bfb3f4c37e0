import { afterAll, beforeAll, expect, test } from 'vitest'
import { tenantDb } from '#db/tenant-db'
import { type FreshDatabase, freshDatabase } from '../../../test/harness/database'
import { Engine } from '../../../test/harness/engine'
import { freshNamespace } from '../../../test/harness/namespace'
import { eventChannel } from '../../contract'

let database: FreshDatabase
let engine: Engine

beforeAll(async () => {
  database = await freshDatabase()
  const { address, namespace } = await freshNamespace()
  const { url: databaseUrl, tenantId } = database
  engine = await Engine.start({ databaseUrl, tenantId, temporalAddress: address, namespace })
})

afterAll(async () => {
  await engine?.stop()
  await database?.drop()
})

const core = 'io.kestra.plugin.core'

test.each([
  ['FAIL', 'FAILED', 'FAILED'],
  ['CANCEL', 'CANCELLED', 'SUCCESS'],
])('a quota of the flow it starts counts: %s', async (behavior, childState, taskState) => {
  const id = `child_${behavior.toLowerCase()}`
  await engine.saveFlow(`id: ${id}
namespace: company.team
quotas:
  - {duration: P36500D, limit: 1, behavior: ${behavior}}
tasks:
  - {id: one, type: ${core}.debug.Return, format: x}`)
  const parent = `id: parent_${behavior.toLowerCase()}
namespace: company.team
tasks:
  - {id: sub, type: ${core}.flow.Subflow, namespace: company.team, flowId: ${id}}`
  const [first, second] = [await engine.run(parent), await engine.run(parent)]
  expect([first, second].map(({ taskRuns }) => taskRuns[0]?.state)).toEqual(['SUCCESS', taskState])
  const child = await engine.db.execution.findFirstOrThrow({ where: { parentId: second.id } })
  const read = await engine.read(child.id)
  expect([read.states, read.taskRuns]).toEqual([['CREATED', childState], []])
  expect(read.logs[0]?.message).toContain('The quota of the flow is used up')
})

test('flows that call each other without an end are stopped with a clear message', async () => {
  const calling = (id: string, other: string) =>
    `id: ${id}
namespace: company.team
tasks:
  - {id: call, type: ${core}.flow.Subflow, namespace: company.team, flowId: ${other}}`
  await engine.saveFlow(calling('ping', 'pong'))
  await engine.saveFlow(calling('pong', 'ping'))
  const execution = await engine.run(calling('ping', 'pong'))
  expect(execution.state).toBe('FAILED')
  expect(await engine.db.execution.count({ where: { flowId: { in: ['ping', 'pong'] } } })).toBe(50)
  const refused = await engine.db.log.findMany({ where: { level: 'ERROR', message: { contains: 'by way of others' } } })
  expect(refused.map(({ message }) => message)).toEqual([
    expect.stringMatching(
      /^The flow company\.team\.ping has called itself 25 times .*company\.team\.pong → company\.team\.ping.*runIf/,
    ),
  ])
})

test('what a restricted namespace holds is for the namespaces that it admits', async () => {
  const { tenantId } = database
  const rule = { tenantId, id: 'vault', isRestricted: true, allowedNamespaces: ['company.team'] }
  await engine.db.namespace.create({ data: rule })
  await engine.saveFlow(`id: inside\nnamespace: vault\ntasks:\n  - {id: one, type: ${core}.debug.Return, format: x}`)
  const kept = { tenantId, namespace: 'vault', key: 'city', type: 'STRING', value: 'Ghent' }
  await engine.db.kvEntry.create({ data: kept })
  const attempts = {
    sub: `type: ${core}.flow.Subflow, namespace: vault, flowId: inside`,
    kv: `type: ${core}.log.Log, message: "{{ kv('city', 'vault') }}"`,
    file: `type: ${core}.log.Log, message: "{{ fileExists('nsfile://vault/a.txt') }}"`,
    inherited: `type: ${core}.log.Log, message: "{{ kv('city', errorOnMissing=false) ?? 'hidden' }}"`,
  }
  const tasks = Object.entries(attempts).map(([id, task]) => `  - {id: ${id}, allowFailure: true, ${task}}`)
  const from = (namespace: string) => engine.run(`id: caller\nnamespace: ${namespace}\ntasks:\n${tasks.join('\n')}`)
  const said = ({ logs }: Awaited<ReturnType<typeof from>>, taskId: string) =>
    logs.filter(line => line.taskId === taskId).map(({ message }) => message)
  const admitted = await from('company.team.below')
  expect(admitted.taskRuns.map(({ state }) => state)).toEqual(['SUCCESS', 'SUCCESS', 'SUCCESS', 'SUCCESS'])
  expect(said(admitted, 'kv')).toEqual(['Ghent'])
  const refused = await from('vault.below')
  expect(refused.taskRuns.map(({ state }) => state)).toEqual(['WARNING', 'WARNING', 'WARNING', 'SUCCESS'])
  expect(said(refused, 'sub').join()).toContain('may not use the flow inside of the namespace vault')
  expect(said(refused, 'kv').join()).toContain(
    'A flow of vault.below may not use the KV entries of the namespace vault',
  )
  expect(said(refused, 'file').join()).toContain('may not use the files of the namespace vault')
  expect(said(refused, 'inherited')).toEqual(['hidden'])
})

test('a tenant that is to be deleted is taken away by the worker that hears of it', async () => {
  const tenantId = database.otherTenantId
  const db = tenantDb(tenantId)
  const flow = { tenantId, namespace: 'gone', id: 'flow' }
  await db.flow.create({ data: { ...flow, revision: 1 } })
  await db.kvEntry.create({ data: { tenantId, namespace: 'gone', key: 'k', type: 'STRING', value: 'v' } })
  await db.tenant.update({ where: { id: tenantId }, data: { deletionRequestedAt: new Date() } })
  await db.$queryRaw`SELECT pg_notify(${eventChannel}, ${tenantId})::text`
  await expect.poll(() => db.flow.count(), { timeout: 30_000 }).toBe(0)
  expect(await db.kvEntry.count()).toBe(0)
  expect(await db.membership.count()).toBe(0)
})
