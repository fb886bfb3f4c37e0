/** A database, a Temporal namespace and a storage of its own for a test file, with people to ask as. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { database } from '#db/client'
import { createToken } from '#db/credentials'
import { tenantDb } from '#db/tenant-db'
import { freshDatabase } from '../../../test/harness/database'
import { testMasterKey } from '../../../test/harness/master-key'
import { freshNamespace } from '../../../test/harness/namespace'
import type { TokenScope } from '../access/access'
import type { Role } from '../access/permissions'
import { closeExecutionEvents } from '../events/execution-events'
import { handleRest } from '../rest/handle-rest'
import { closeTemporal } from '../temporal'
import { scopeOf } from './owner-scope'

export const origin = 'http://millrace.test'

/** What makes a token less than its role. */
type Narrower = { namespace?: string | null; expiresAt?: Date; scope?: TokenScope }

export type WebKit = Awaited<ReturnType<typeof openWebKit>>

export async function openWebKit() {
  const storageDir = await mkdtemp(join(tmpdir(), 'millrace-web-'))
  process.env.STORAGE_URL = pathToFileURL(storageDir).toString()
  process.env.MILLRACE_SECRET = 'a secret that only the tests know of'
  process.env.MILLRACE_MASTER_KEY = testMasterKey
  const { address, namespace } = await freshNamespace()
  const data = await freshDatabase()
  const { tenantId, otherTenantId, userId } = data

  async function tokenFor(tenant: string, role: Role, { namespace = null, expiresAt, scope }: Narrower = {}) {
    const email = `${role.toLowerCase()}-${Math.random().toString(36).slice(2)}@example.com`
    const user = await database().user.create({ data: { email, passwordHash: '' } })
    const { token, hash, lastFour } = createToken()
    const db = tenantDb(tenant)
    await db.transact(async tx => {
      await tx.membership.create({ data: { tenantId: tenant, userId: user.id } })
      await tx.roleBinding.create({ data: { tenantId: tenant, userId: user.id, builtIn: role, namespace } })
    })
    const narrower = { ...(expiresAt && { expiresAt }), ...(scope && { scope }) }
    await db.apiToken.create({ data: { tenantId: tenant, userId: user.id, name: role, hash, lastFour, ...narrower } })
    return token
  }

  return {
    tenantId,
    otherTenantId,
    /** For a worker of the first tenant's (`Engine.start`). */
    engine: { databaseUrl: data.url, temporalAddress: address, namespace, tenantId },
    /** The first tenant as its owner sees it. */
    scope: scopeOf({ tenantId, tenant: 'acme', userId }),
    ownerToken: await tokenFor(tenantId, 'OWNER'),
    /** Owner of the other tenant. */
    strangerToken: await tokenFor(otherTenantId, 'OWNER'),
    tokenFor,
    async close() {
      await closeExecutionEvents()
      await closeTemporal()
      await data.drop()
      await rm(storageDir, { recursive: true, force: true })
    },
  }
}

/** A REST request with a token, or as nobody. */
export function ask(path: string, token: string | null, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers)
  if (token !== null) headers.set('authorization', `Bearer ${token}`)
  return handleRest(new Request(`${origin}/api/v1${path}`, { ...init, headers }))
}

export function askYaml(path: string, token: string, method: 'POST' | 'PUT', yaml: string): Promise<Response> {
  return ask(path, token, { method, body: yaml, headers: { 'content-type': 'application/x-yaml' } })
}

/** A flow of one task that logs. */
export function helloFlow(id: string, more = ''): string {
  return `id: ${id}\nnamespace: company.team\ntasks:\n  - id: hello\n    type: io.kestra.plugin.core.log.Log\n    message: Hello\n${more}`
}
