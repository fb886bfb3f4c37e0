/** The audit log over the API: what is noted, that a refusal is, and that tampering shows. */
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sealAudit } from '#db/seal-audit'
import { tenantDb } from '#db/tenant-db'
import { ask, askYaml, helloFlow, openWebKit, type WebKit } from '../testing/web-kit'

let kit: WebKit
let viewer: string
/** The login of the installation, around row-level security: somebody with the database in their hands. */
let owner: pg.Client

beforeAll(async () => {
  kit = await openWebKit()
  viewer = await kit.tokenFor(kit.tenantId, 'VIEWER')
  owner = new pg.Client({ connectionString: kit.engine.databaseUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await kit.close()
})

const entries = async () => {
  await sealAudit(kit.scope.db)
  return (await kit.scope.db.auditEntry.findMany({ orderBy: { position: 'asc' } })).map(row => ({
    ...row,
    what: `${row.action} ${row.resource} ${row.target}`,
  }))
}
const json = (method: string, body: object) => ({
  method,
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
})
async function brokenAt(): Promise<number | null> {
  const [row] = (await kit.scope.db.$queryRaw`SELECT audit_break()::int AS broken`) as { broken: number | null }[]
  return row!.broken
}

describe('is noted, with who did it and from where', () => {
  test('a flow saved, changed and deleted', async () => {
    await askYaml('/acme/flows', kit.ownerToken, 'POST', helloFlow('noted'))
    await askYaml('/acme/flows/company.team/noted', kit.ownerToken, 'PUT', helloFlow('noted', '# more\n'))
    await ask('/acme/flows/company.team/noted', kit.ownerToken, { method: 'DELETE' })
    const all = await entries()
    expect(all.map(({ what }) => what)).toEqual([
      'CREATE FLOW company.team.noted',
      'UPDATE FLOW company.team.noted',
      'DELETE FLOW company.team.noted',
    ])
    expect(all[1]).toMatchObject({ namespace: 'company.team', before: { revision: 1 }, after: { revision: 2 } })
    expect(all[1]!.actor).toMatchObject({ via: 'token', ip: expect.any(String), userId: expect.any(String) })
  })

  test('a secret, without its value', async () => {
    const secret = { key: 'TOKEN', value: 'open-sesame' }
    expect((await ask('/acme/namespaces/company.team/secrets', kit.ownerToken, json('PUT', secret))).status).toBe(200)
    const last = (await entries()).at(-1)!
    expect(last.what).toBe('CREATE SECRET company.team.TOKEN')
    expect(last.after).not.toHaveProperty('ciphertext')
    expect(JSON.stringify(last, (_key, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(
      'sesame',
    )
  })

  test('a token, without its hash', async () => {
    await ask('/acme/tokens', kit.ownerToken, json('POST', { name: 'ci' }))
    const last = (await entries()).at(-1)!
    expect(last.what).toBe('CREATE TOKEN ci')
    expect(last.after).not.toHaveProperty('hash')
  })

  test('what somebody does with executions, without what inputs say', async () => {
    await askYaml('/acme/flows', kit.ownerToken, 'POST', helloFlow('acted'))
    const started = await ask('/acme/executions/company.team/acted?wait=true', kit.ownerToken, { method: 'POST' })
    const { id } = (await started.json()) as { id: string }
    const replay = await ask(`/acme/executions/${id}/replay`, kit.ownerToken, json('POST', { inputs: { a: 'hidden' } }))
    expect(replay.status).toBe(200)
    await ask('/acme/executions/kill/by-ids', kit.ownerToken, json('DELETE', { ids: [id] }))
    expect((await ask(`/acme/executions/${id}`, kit.ownerToken, { method: 'DELETE' })).status).toBe(204)
    const all = (await entries()).slice(-5)
    const replayed = ((await replay.json()) as { id: string }).id
    expect(all.map(({ what }) => what)).toEqual([
      `START EXECUTION company.team.acted.${id}`,
      `START EXECUTION company.team.acted.${replayed}`,
      `REPLAY FLOW ${id}`,
      'KILLBYIDS EXECUTION ',
      `DELETE EXECUTION company.team.acted.${id}`,
    ])
    expect(all[0]).toMatchObject({ namespace: 'company.team', after: { revision: 1 } })
    expect(all[0]!.actor).toMatchObject({ via: 'token', token: 'OWNER', ip: expect.any(String) })
    expect(all[1]).toMatchObject({ after: { originalId: id } })
    expect(all[2]).toMatchObject({ namespace: 'company.team' })
    expect(all[3]).toMatchObject({ after: { ids: [id] } })
    expect(JSON.stringify(all.map(({ after }) => after))).not.toContain('hidden')
  })

  test('a start, also where many come at once: each once, and none of what starts by itself', async () => {
    await askYaml('/acme/flows', kit.ownerToken, 'POST', helloFlow('crowd'))
    const start = () => ask('/acme/executions/company.team/crowd', kit.ownerToken, { method: 'POST' })
    const replies = await Promise.all(Array.from({ length: 20 }, start))
    const ids = await Promise.all(replies.map(async reply => ((await reply.json()) as { id: string }).id))
    const listed = await ask('/acme/auditlogs/search?action=START&q=crowd', kit.ownerToken)
    const { results } = (await listed.json()) as { results: { target: string }[] }
    expect(new Set(results.map(({ target }) => target))).toEqual(new Set(ids.map(id => `company.team.crowd.${id}`)))
    expect(results).toHaveLength(20)
    // As a worker writes it: nobody acts.
    const data = { namespace: 'company.team', flowId: 'crowd', flowRevision: 1, state: 'CREATED', plan: {} }
    await tenantDb(kit.tenantId).execution.create({ data: { tenantId: kit.tenantId, id: 'by-itself', ...data } })
    expect((await entries()).filter(({ what }) => what.endsWith('by-itself'))).toEqual([])
    expect(await brokenAt()).toBeNull()
  })

  test('members, groups and roles, by the names of the day', async () => {
    const post = async (path: string, body: object) =>
      (await (await ask(`/acme/${path}`, kit.ownerToken, json('POST', body))).json()) as { id: string }
    const role = await post('roles', { name: 'Looker', permissions: ['FLOW:READ'] })
    const group = await post('groups', { name: 'Analysts' })
    await post(`groups/${group.id}/roles`, { binding: { role: role.id, namespace: 'company' } })
    await ask(`/acme/groups/${group.id}/members/${kit.scope.userId}`, kit.ownerToken, { method: 'PUT' })
    await kit.scope.db.user.update({ where: { id: kit.scope.userId }, data: { email: 'renamed@example.com' } })
    await ask(`/acme/groups/${group.id}`, kit.ownerToken, { method: 'DELETE' })
    await kit.scope.db.user.update({ where: { id: kit.scope.userId }, data: { email: 'owner@example.com' } })
    const all = (await entries()).slice(-7)
    expect(all.map(({ what }) => what)).toEqual([
      'CREATE ROLE Looker',
      'CREATE MEMBER Analysts',
      'CREATE ROLE Looker / Analysts / company',
      'CREATE MEMBER Analysts / owner@example.com',
      'DELETE MEMBER Analysts / renamed@example.com',
      'DELETE ROLE Looker / Analysts / company',
      'DELETE MEMBER Analysts',
    ])
    expect(all[0]!.actor).toMatchObject({ name: expect.stringMatching(/^owner-.*@example.com$/) })
  })

  test('all of it is exported, a line each, by the filters of the search', async () => {
    const lines = async (query: string) => {
      const reply = await ask(`/acme/auditlogs/export?${query}`, kit.ownerToken)
      expect(reply.headers.get('content-disposition')).toContain('acme-audit-')
      return (await reply.text())
        .trim()
        .split('\n')
        .map(line => JSON.parse(line) as { action: string })
    }
    expect(await lines('')).toHaveLength((await entries()).length)
    expect(new Set((await lines('action=UPDATE')).map(({ action }) => action))).toEqual(new Set(['UPDATE']))
    expect((await ask('/acme/auditlogs/export?startDate=never', kit.ownerToken)).status).toBe(400)
  })

  test('what somebody may not do, and what a stranger tried', async () => {
    await askYaml('/acme/flows', viewer, 'POST', helloFlow('refused'))
    await ask('/acme/flows/search', kit.strangerToken)
    const [refused, strange] = (await entries()).slice(-2)
    expect(refused).toMatchObject({ action: 'DENIED', resource: 'FLOW', after: { permission: 'FLOW:CREATE' } })
    expect(strange).toMatchObject({ action: 'DENIED', resource: 'FLOW', after: { permission: 'FLOW:READ' } })
  })
})

test('what did not come about is not noted: the entry is in its transaction', async () => {
  const before = (await entries()).length
  await askYaml('/acme/flows', kit.ownerToken, 'POST', 'id: broken')
  const failing = kit.scope.db.transact(async tx => {
    await tx.$executeRaw`SELECT set_config('app.actor', '{"userId":"x"}', true)`
    await tx.kvEntry.create({ data: { tenantId: kit.tenantId, namespace: 'a', key: 'k', type: 'STRING', value: 'v' } })
    throw new Error('undone')
  })
  await expect(failing).rejects.toThrow('undone')
  expect(await entries()).toHaveLength(before)
})

describe('the chain', () => {
  test('is whole, and the application can neither change nor remove an entry', async () => {
    expect(await brokenAt()).toBeNull()
    const { db } = kit.scope
    await expect(db.auditEntry.updateMany({ data: { action: 'X' } })).rejects.toThrow(/permission denied/)
    await expect(db.auditEntry.deleteMany()).rejects.toThrow(/permission denied/)
    await expect(db.auditPending.deleteMany()).rejects.toThrow(/permission denied/)
  })

  test.each([
    ['an entry that was changed', `UPDATE audit_entry SET target = 'other' WHERE position = 2`, 2],
    ['a gap', 'DELETE FROM audit_entry WHERE position = 3', 4],
    ['a missing end', 'DELETE FROM audit_entry WHERE position = (SELECT max(position) FROM audit_entry)', 'last'],
    ['a missing beginning', 'DELETE FROM audit_entry WHERE position = 1', 2],
  ])('shows %s', async (_name, tampering, expected) => {
    const last = Number((await entries()).at(-1)!.position)
    await owner.query('CREATE TABLE saved AS SELECT * FROM audit_entry')
    try {
      await tamper(tampering)
      expect(await brokenAt()).toBe(expected === 'last' ? last : expected)
    } finally {
      await tamper('DELETE FROM audit_entry; INSERT INTO audit_entry SELECT * FROM saved')
      await owner.query('DROP TABLE saved')
    }
    expect(await brokenAt()).toBeNull()
  })

  test('begins later once old entries are dropped', async () => {
    const [, , third] = await entries()
    const dropped = await kit.scope.db.$queryRaw`SELECT drop_audit_before(${third!.at})::int AS count`
    expect(dropped).toEqual([{ count: 2 }])
    expect((await entries())[0]!.position).toBe(3n)
    expect(await brokenAt()).toBeNull()
  })
})

async function tamper(sql: string): Promise<void> {
  await owner.query('ALTER TABLE audit_entry NO FORCE ROW LEVEL SECURITY')
  await owner.query(sql)
  await owner.query('ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY')
}
