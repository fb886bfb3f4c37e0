import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip, type Gzip } from 'node:zlib'
import { type Pack, pack } from 'tar-stream'
import { namespaceFilesFolder } from '#db/storage/uri'
import type { Scope } from '../access/tenant-scope'
import { log } from '../log'
import { listMembers } from '../members/list-members'
import { listNamespaces } from '../namespaces/list-namespaces'
import { listSecrets } from '../secrets/list-secrets'
import { storage } from '../storage'
import { getTenant } from './get-tenant'

type Entry = { name: string; content: string } | { name: string; size: number; open: () => Promise<Readable> }

/**
 * All of a tenant as a .tar.gz that is made while it is read: flows with all revisions, files and KV entries of namespaces,
 * what namespaces say, members and roles. Of secrets only the names; of tokens and passwords nothing. Where it fails half
 * way, the archive ends in the middle, which unpacking tells.
 */
export function exportTenant(scope: Scope): Gzip {
  const archive = pack()
  const zipped = createGzip()
  pipeline(archive, zipped).catch(() => {})
  fill(archive, scope).catch(error => {
    log.error({ err: error, tenantId: scope.tenantId }, 'an export was cut off')
    archive.destroy(error)
  })
  return zipped
}

async function fill(archive: Pack, scope: Scope): Promise<void> {
  const broken = new Promise<never>((_resolve, reject) => {
    archive.once('close', () => reject(new Error('nobody reads the export any more')))
    archive.once('error', reject)
  })
  broken.catch(() => {})
  for await (const entry of entriesOf(scope)) await Promise.race([add(archive, entry), broken])
  archive.finalize()
}

async function add(archive: Pack, entry: Entry): Promise<void> {
  if ('content' in entry) {
    await new Promise<void>((resolve, reject) => {
      archive.entry({ name: entry.name }, entry.content, error => (error ? reject(error) : resolve()))
    })
    return
  }
  const content = await entry.open()
  const sink = archive.entry({ name: entry.name, size: entry.size })
  await pipeline(content, sink as unknown as NodeJS.WritableStream)
}

async function* entriesOf(scope: Scope): AsyncGenerator<Entry> {
  const { slug, name, createdAt } = await getTenant(scope)
  const made = { format: 'millrace-export', version: 1, tenant: { slug, name, createdAt } }
  yield json('manifest.json', { ...made, exportedAt: new Date().toISOString() })
  yield* flowEntries(scope)
  const { results: namespaces } = await listNamespaces(scope)
  yield json('namespaces.json', await settingsOf(scope))
  for (const { id } of namespaces) {
    yield* fileEntries(scope, id)
    yield* kvEntries(scope, id)
  }
  // Names alone: a value is never read out.
  yield json('secrets.json', await listSecrets(scope))
  yield json('members.json', await listMembers(scope))
  yield json('roles.json', await rolesOf(scope))
  yield json('groups.json', await groupsOf(scope))
  yield json('blueprints.json', await blueprintsOf(scope))
}

function json(name: string, value: unknown): Entry {
  return { name, content: `${JSON.stringify(value, null, 2)}\n` }
}

async function* flowEntries({ db, tenantId }: Scope): AsyncGenerator<Entry> {
  const flows = await db.flow.findMany({
    where: { tenantId },
    select: { namespace: true, id: true, revision: true, disabled: true, deleted: true },
    orderBy: [{ namespace: 'asc' }, { id: 'asc' }],
  })
  yield json('flows.json', flows)
  for (const { namespace, id } of flows) {
    const where = { tenantId, namespace, flowId: id }
    for (const { revision, source } of await db.flowRevision.findMany({ where, orderBy: { revision: 'asc' } })) {
      yield { name: `flows/${namespace}/${id}/${revision}.yaml`, content: source }
    }
  }
}

async function settingsOf({ db, tenantId }: Scope) {
  return db.namespace.findMany({
    where: { tenantId },
    select: {
      ...{ id: true, description: true, variables: true, pluginDefaults: true },
      ...{ isRestricted: true, allowedNamespaces: true },
    },
    orderBy: { id: 'asc' },
  })
}

async function* fileEntries({ tenantId }: Scope, namespace: string): AsyncGenerator<Entry> {
  const folder = namespaceFilesFolder(namespace)
  for await (const { path } of storage().list(tenantId, folder)) {
    // It may have changed since, or gone.
    const found = await storage().stat(tenantId, path)
    const name = `files/${namespace}/${path.slice(folder.length + 1)}`
    yield { name, size: found.size, open: () => storage().open(tenantId, path) }
  }
}

const kvPage = 500

async function* kvEntries({ db, tenantId }: Scope, namespace: string): AsyncGenerator<Entry> {
  let after = ''
  for (let page = 1; ; page++) {
    const rows = await db.kvEntry.findMany({
      where: { tenantId, namespace, key: { gt: after } },
      select: { key: true, type: true, value: true, version: true, expiresAt: true },
      orderBy: { key: 'asc' },
      take: kvPage,
    })
    if (rows.length > 0) yield json(`kv/${namespace}/${page}.json`, rows)
    const last = rows.at(-1)
    if (last === undefined || rows.length < kvPage) return
    after = last.key
  }
}

async function rolesOf({ db, tenantId }: Scope) {
  return db.customRole.findMany({
    where: { tenantId },
    select: { id: true, name: true, description: true, permissions: true },
    orderBy: { name: 'asc' },
  })
}

async function groupsOf({ db, tenantId }: Scope) {
  return db.memberGroup.findMany({
    where: { tenantId },
    select: {
      ...{ id: true, name: true, description: true, members: { select: { userId: true } } },
      bindings: { select: { builtIn: true, roleId: true, namespace: true } },
    },
    orderBy: { name: 'asc' },
  })
}

/** With all versions. */
async function blueprintsOf({ db, tenantId }: Scope) {
  return db.blueprint.findMany({
    where: { tenantId },
    select: {
      id: true,
      versions: {
        select: {
          ...{ version: true, title: true, description: true, tags: true, source: true },
          ...{ arguments: true, savedBy: true, savedAt: true },
        },
        orderBy: { version: 'asc' },
      },
    },
    orderBy: { title: 'asc' },
  })
}
