/** A tenant from its making to its end: who may do what with it, what its archive holds, and that nothing of it is left. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import type { Client } from '@temporalio/client'
import pg from 'pg'
import { extract } from 'tar-stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { database } from '#db/client'
import { hashToken } from '#db/credentials'
import { noteClusterUse } from '#db/note-cluster-use'
import { createStorage } from '#db/storage'
import { tenantDb, userDb } from '#db/tenant-db'
import { describeDeleted } from '#db/tenant-deleted'
import { findTenant } from '#web/server/access/tenant-scope'
import { createFlow } from '#web/server/flows/create-flow'
import { temporal } from '#web/server/temporal'
import { createTenant } from '#web/server/tenants/create-tenant'
import { ask, openWebKit, type WebKit } from '#web/server/testing/web-kit'
import type { Forgotten } from '#worker/activities/command-session'
import { executeFlowName, flowQueue, workflowIdOf } from '#worker/contract'
import { eraseTenant } from '#worker/dispatch/erase-tenant'
import { scheduleIdOf } from '#worker/triggers/sync-trigger'

let kit: WebKit
let owner: pg.Client
let client: Client

beforeAll(async () => {
  kit = await openWebKit()
  owner = new pg.Client({ connectionString: kit.engine.databaseUrl })
  await owner.connect()
  client = temporal()
})
afterAll(async () => {
  await owner.end()
  await kit.close()
})

const secretValue = 'horse-battery-staple'
const send = (method: string, path: string, body?: object, token = kit.ownerToken) =>
  ask(path, token, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
const signedIn = { kind: 'session' as const, sessionId: 's', email: 'a@b.c', name: '', isVerified: true }
const session = (userId: string) => ({ ...signedIn, userId })

/** Something of each kind, in flows, files, secrets, people and at Temporal. */
async function fill(): Promise<string> {
  const { tenantId, scope } = kit
  const core = 'io.kestra.plugin.core'
  await createFlow(
    scope,
    `id: nap\nnamespace: mill.team\ntasks:\n  - {id: nap, type: ${core}.flow.Sleep, duration: PT1H}`,
  )
  const trigger = `triggers:\n  - {id: daily, type: ${core}.trigger.Schedule, cron: "0 9 * * *"}`
  await createFlow(
    scope,
    `id: due\nnamespace: mill\ntasks:\n  - {id: say, type: ${core}.log.Log, message: hi}\n${trigger}`,
  )
  await send('PUT', '/acme/namespaces/mill/secrets', { key: 'PIN', value: secretValue })
  await send('PUT', '/acme/namespaces/mill/kv/city', { value: { name: 'Ghent' } })
  await send('PUT', '/acme/namespaces/mill/files/text', { path: `${'deep/'.repeat(30)}a.sql`, content: 'select 1' })
  await send('POST', '/acme/roles', { name: 'On call', permissions: ['FLOW:READ'] })
  await send('POST', '/acme/groups', { name: 'Night' })
  const source = `id: tpl\nnamespace: mill\ntasks:\n  - {id: say, type: ${core}.log.Log, message: hi}`
  await send('POST', '/acme/blueprints/flow', { title: 'Daily', source })
  await send('POST', '/acme/services', { name: 'deployer' })
  await send('POST', '/acme/invitations', { bindings: [{ role: 'VIEWER', namespace: null }] })
  const started = (await (await send('POST', '/acme/executions/mill.team/nap', {})).json()) as { id: string }
  // No worker is here, which would do so.
  const due = { tenantId, namespace: 'mill', flowId: 'due', triggerId: 'daily' }
  const orphan = { ...due, triggerId: 'without-a-row' }
  for (const ref of [due, orphan]) {
    await client.schedule.create({
      scheduleId: scheduleIdOf(ref),
      spec: { intervals: [{ every: '1h' }] },
      action: { type: 'startWorkflow', workflowType: 'lookAtTrigger', taskQueue: flowQueue, args: [ref] },
    })
  }
  await owner.query(
    `INSERT INTO log (tenant_id, execution_id, sequence, "timestamp", namespace, flow_id, level, message)
     VALUES ($1, $2, 0, now(), 'mill.team', 'nap', 'INFO', 'begun')`,
    [tenantId, started.id],
  )
  return started.id
}

/** How many rows of a tenant each table has; only those that have any. */
async function rowsOf(tenantId: string): Promise<Record<string, number>> {
  const { rows: tables } = await owner.query<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
     JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND n.nspname IN ('public', 'log_partitions') AND NOT a.attisdropped`,
  )
  const found: Record<string, number> = {}
  await owner.query('BEGIN')
  await owner.query(`SELECT set_config('app.tenant', $1, true)`, [tenantId])
  for (const { name } of tables) {
    const { rows } = await owner.query(`SELECT count(*)::int AS count FROM ${name} WHERE tenant_id = $1`, [tenantId])
    if (rows[0].count > 0) found[name] = rows[0].count
  }
  await owner.query('ROLLBACK')
  return found
}

describe('a tenant', () => {
  test('is made by somebody who is signed in, with an address that nobody has', async () => {
    const { userId } = kit.scope
    expect(await createTenant(session(userId), { slug: 'second', name: 'Second' })).toEqual({ tenant: 'second' })
    await expect(createTenant(session(userId), { slug: 'second', name: 'x' })).rejects.toThrow('This address is taken')
    const made = await database().tenant.findUniqueOrThrow({ where: { slug: 'second' } })
    expect(await tenantDb(made.id).roleBinding.findMany({ select: { userId: true, builtIn: true } })).toEqual([
      { userId, builtIn: 'OWNER' },
    ])
    const token = {
      ...{ kind: 'token' as const, userId, tokenId: 't' },
      ...{ tenant: { id: kit.tenantId, slug: 'acme' }, access: kit.scope.access },
    }
    await expect(createTenant(token, { slug: 'third', name: 'x' })).rejects.toThrow('This is done in the browser')
  })

  test('is renamed by an admin, and keeps its address', async () => {
    const admin = await kit.tokenFor(kit.tenantId, 'ADMIN')
    const renamed = await send('PUT', '/acme/settings', { name: ' Acme Mills ' }, admin)
    expect(await renamed.json()).toMatchObject({ slug: 'acme', name: 'Acme Mills', plan: 'SCALE' })
    const editor = await kit.tokenFor(kit.tenantId, 'EDITOR')
    expect((await send('PUT', '/acme/settings', { name: 'x' }, editor)).status).toBe(403)
    expect((await send('GET', '/acme/settings', undefined, editor)).status).toBe(200)
  })

  test('is handed over to a member, by its name, and by its owner alone', async () => {
    const [to, from] = [await memberOf('VIEWER'), await memberOf('OWNER')]
    const hand = (userId: string, confirm: string, token: string) =>
      send('POST', '/acme/settings/owner', { userId, confirm }, token)
    expect((await hand(to.userId, 'Acme', from.token)).status).toBe(400)
    expect((await hand(from.userId, 'Acme Mills', from.token)).status).toBe(422)
    expect((await hand(crypto.randomUUID(), 'Acme Mills', from.token)).status).toBe(404)
    expect((await hand(to.userId, 'Acme Mills', (await memberOf('ADMIN')).token)).status).toBe(403)
    expect((await hand(to.userId, 'Acme Mills', from.token)).status).toBe(200)
    const roles = async (userId: string) =>
      (await kit.scope.db.roleBinding.findMany({ where: { userId } })).map(({ builtIn }) => builtIn).sort()
    expect([await roles(to.userId), await roles(from.userId)]).toEqual([['OWNER', 'VIEWER'], ['ADMIN']])
  })
})

async function memberOf(role: 'OWNER' | 'ADMIN' | 'VIEWER') {
  const token = await kit.tokenFor(kit.tenantId, role)
  const { userId } = await kit.scope.db.apiToken.findUniqueOrThrow({ where: { hash: hashToken(token) } })
  return { token, userId }
}

describe('the archive', () => {
  test('holds all but values of secrets, and is not for everybody', async () => {
    await fill()
    expect((await ask('/acme/export', await kit.tokenFor(kit.tenantId, 'EDITOR'))).status).toBe(403)
    const answer = await ask('/acme/export', kit.ownerToken)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/gzip',
      'content-disposition': expect.stringMatching(/^attachment; filename="acme-.*\.tar\.gz"/),
      'x-content-type-options': 'nosniff',
    })
    const unzipped = gunzipSync(Buffer.from(await answer.arrayBuffer()))
    for (const value of [secretValue, Buffer.from(secretValue).toString('base64'), 'ciphertext', 'hash', 'password']) {
      expect(unzipped.includes(value)).toBe(false)
    }
    const files = await unpack(unzipped)
    expect([...files.keys()]).toEqual([
      'manifest.json',
      'flows.json',
      'flows/mill/due/1.yaml',
      'flows/mill.team/nap/1.yaml',
      'namespaces.json',
      `files/mill/${'deep/'.repeat(30)}a.sql`,
      'kv/mill/1.json',
      ...['secrets.json', 'members.json', 'roles.json', 'groups.json', 'blueprints.json'],
    ])
    expect(files.get(`files/mill/${'deep/'.repeat(30)}a.sql`)).toBe('select 1')
    expect(JSON.parse(files.get('kv/mill/1.json')!)).toMatchObject([{ key: 'city', value: { name: 'Ghent' } }])
    expect(JSON.parse(files.get('secrets.json')!)).toMatchObject([{ namespace: 'mill', key: 'PIN', version: 1 }])
    expect(JSON.parse(files.get('blueprints.json')!)).toMatchObject([{ versions: [{ version: 1, title: 'Daily' }] }])
    expect(JSON.parse(files.get('roles.json')!)).toMatchObject([{ name: 'On call', permissions: ['FLOW:READ'] }])
  })
})

async function unpack(tar: Buffer): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  const reader = extract()
  reader.end(tar)
  for await (const entry of reader) files.set(entry.header.name, (await buffer(entry)).toString())
  return files
}

describe('a deleted tenant', () => {
  const deps = () => ({
    db: (id: string) => tenantDb(id),
    client,
    storage: createStorage(process.env.STORAGE_URL!),
    commandSessions: { forgetTenant: async (): Promise<Forgotten> => ({ found: 0, hasLooked: false }) },
    report: () => {},
  })
  // Temporal's lists are a little behind what is there.
  const schedules = async () => {
    const ids: string[] = []
    for await (const { scheduleId } of client.schedule.list()) ids.push(scheduleId)
    return ids.filter(id => id.includes(kit.tenantId))
  }

  const running = async () => {
    const ids: string[] = []
    for await (const { workflowId } of client.workflow.list({ query: 'ExecutionStatus = "Running"' }))
      ids.push(workflowId)
    return ids
  }

  test('is deleted by its owner alone, who types its address', async () => {
    const remove = async (confirm: string, token: string) =>
      (await send('POST', '/acme/settings/delete', { confirm }, token)).status
    expect(await remove('acme', await kit.tokenFor(kit.tenantId, 'ADMIN'))).toBe(403)
    expect(await remove('acme', kit.strangerToken)).toBe(404)
    expect(await remove('Acme Mills', kit.ownerToken)).toBe(400)
    expect(await eraseTenant(deps(), kit.tenantId)).toBeNull()
    await expect(kit.scope.db.$queryRaw`SELECT erase_tenant_rows(10)::int`).rejects.toThrow('is not to be deleted')
    expect((await ask('/acme/flows/search', kit.ownerToken)).status).toBe(200)
    const account = { tenantId: kit.tenantId, customerId: 'cus_1', subscriptionId: 'sub_1', status: 'active' }
    await kit.scope.db.billingAccount.create({ data: account })
    expect(await remove('acme', kit.ownerToken)).toBe(409)
    await kit.scope.db.billingAccount.updateMany({ data: { cancelsAt: new Date() } })
    expect(await remove('acme', kit.ownerToken)).toBe(200)
  })

  test('is closed at once to everybody', async () => {
    expect((await ask('/acme/flows/search', kit.ownerToken)).status).toBe(401)
    const { userId } = kit.scope
    await owner.query(`UPDATE "user" SET email = 'again@example.com' WHERE id = $1`, [userId])
    await expect(createTenant(session(userId), { slug: 'acme', name: 'x' })).rejects.toThrow('This address is taken')
    // Where webhooks look, which nobody signs in for.
    expect(await findTenant('acme')).toBeNull()
    expect(await findTenant('other')).toMatchObject({ tenantId: kit.otherTenantId })
    expect(await userDb(userId).membership.count({ where: { tenantId: kit.tenantId } })).toBe(0)
  })

  test('goes on going after a crash half way, until nothing is left but its row and its log', async () => {
    const { tenantId } = kit
    const folder = join(new URL(process.env.STORAGE_URL!).pathname, tenantId)
    const before = await rowsOf(kit.otherTenantId)
    const audited = (await rowsOf(tenantId)).audit_entry
    const [begun] = await kit.scope.db.execution.findMany({ where: { state: 'CREATED' } })
    // As a worker that was late: its row is gone already.
    await client.workflow.start(executeFlowName, {
      workflowId: workflowIdOf(tenantId, 'unknown'),
      taskQueue: flowQueue,
      args: [],
    })
    await expect.poll(running).toContain(workflowIdOf(tenantId, 'unknown'))
    await expect.poll(schedules).toHaveLength(2)
    expect((await readdir(folder)).length).toBeGreaterThan(0)
    const broken = { ...deps(), storage: { ...deps().storage, deletePrefix: () => Promise.reject(new Error('crash')) } }
    await expect(eraseTenant(broken, tenantId)).rejects.toThrow('crash')
    expect((await readdir(folder)).length).toBeGreaterThan(0)
    expect(
      await deps()
        .db(tenantId)
        .tenant.findUnique({ where: { id: tenantId } }),
    ).toMatchObject({ deletedAt: null })
    await expect.poll(() => eraseTenant(deps(), tenantId, { graceMs: 0 })).toBeNull()
    await expect.poll(schedules).toEqual([])
    for (const id of [begun!.id, 'unknown']) {
      const { status } = await client.workflow.getHandle(workflowIdOf(tenantId, id)).describe()
      expect(status.name).toBe('TERMINATED')
    }
    expect(await rowsOf(tenantId)).toEqual({ audit_entry: audited, audit_head: 1 })
    await expect(readdir(folder)).rejects.toThrow('ENOENT')
    expect(await rowsOf(kit.otherTenantId)).toEqual(before)
    expect(await database().user.count({ where: { serviceOf: tenantId } })).toBe(0)
    expect(await database().tenant.findUniqueOrThrow({ where: { id: tenantId } })).toMatchObject({
      ...{ slug: 'acme', deletionRequestedBy: expect.any(String), deletedAt: expect.any(Date) },
    })
  })

  test('has left a whole log, whose last entry says who deleted it', async () => {
    const db = tenantDb(kit.tenantId)
    const last = await db.auditEntry.findFirstOrThrow({ orderBy: { position: 'desc' } })
    expect(last).toMatchObject({ action: 'DELETE', resource: 'TENANT', target: 'acme', before: { name: 'Acme Mills' } })
    expect(last.actor).toMatchObject({ via: 'token', userId: expect.any(String) })
    expect(await db.$queryRaw`SELECT audit_break()::int AS broken`).toEqual([{ broken: null }])
  })

  test('is told of to the operator, with its log', async () => {
    const linesOf = async (slug?: string) => {
      const lines: string[] = []
      for await (const line of describeDeleted(database(), slug)) lines.push(line)
      return lines
    }
    expect(await linesOf()).toEqual([expect.stringMatching(/^acme \(Acme Mills\): asked for .* gone since/)])
    const entries = (await linesOf('acme'))
      .slice(1)
      .map(line => JSON.parse(line) as { position: string; target: string })
    expect(entries.map(({ position }) => Number(position))).toEqual(entries.map((_, index) => index + 1))
    expect(entries.at(-1)).toMatchObject({ action: 'DELETE', target: 'acme' })
    expect(await linesOf('other')).toEqual(['other was not deleted.'])
  })

  test('with a namespace in a cluster is gone only once a worker that reaches the cluster has found none', async () => {
    const { id } = await database().tenant.create({ data: { slug: 'clustered', name: 'Clustered', plan: 'SCALE' } })
    await noteClusterUse(tenantDb(id), id)
    await database().tenant.update({ where: { id }, data: { deletionRequestedAt: new Date(0) } })
    const erase = (forgotten: Forgotten) =>
      eraseTenant({ ...deps(), commandSessions: { forgetTenant: async () => forgotten } }, id)
    const isGone = async () => (await database().tenant.findUniqueOrThrow({ where: { id } })).deletedAt !== null
    const told = async () => {
      for await (const line of describeDeleted(database(), 'clustered')) return line
      return ''
    }
    expect(await erase({ found: 0, hasLooked: false })).toMatchObject({ clusterNamespaces: 1 })
    expect(await isGone()).toBe(false)
    expect(await told()).toContain('waits for a worker that reaches the cluster')
    await erase({ found: 1, hasLooked: true })
    expect(await isGone()).toBe(false)
    await erase({ found: 0, hasLooked: true })
    expect(await isGone()).toBe(true)
    expect(await told()).toContain('gone since')
  })

  test('whose worker stops before the time of grace is looked at again', async () => {
    const made = await database().tenant.findUniqueOrThrow({ where: { slug: 'second' } })
    await database().tenant.update({ where: { id: made.id }, data: { deletionRequestedAt: new Date() } })
    await eraseTenant(deps(), made.id)
    await eraseTenant(deps(), made.id)
    expect(await database().tenant.findUniqueOrThrow({ where: { id: made.id } })).toMatchObject({ deletedAt: null })
  })
})
