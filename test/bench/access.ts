import { createDatabase, disconnectDatabase } from '#db/client'
import { tenantDb } from '#db/tenant-db'
import type { Api } from './api'
import { namespace } from './flows'
import { timeEach } from './measure'
import type { Row } from './report'
import { account, type BenchStack } from './stack'

/** What knowing who asks, and whether they may, costs: a page, a call with a token, and the check alone. */
export async function accessRows(api: Api, stack: BenchStack): Promise<Row[]> {
  const cookie = await signIn(stack.url)
  const health = await timeEach(200, () => fetchText(`${stack.url}/api/health`), 20)
  const call = await timeEach(200, () => api.call(`/flows/${namespace}/one-log`, { method: 'GET' }), 20)
  const page = await timeEach(100, () => fetchText(`${stack.url}/${stack.tenant}/flows`, cookie), 10)
  const check = await timeChecks(stack)
  const bare = 'the health endpoint'
  return [
    { ...row('call with a token, median', call.medianMs), baseline: { what: bare, value: health.medianMs } },
    { ...row('call with a token, p95', call.p95Ms), baseline: { what: bare, value: health.p95Ms } },
    { ...row('signed-in page, median', page.medianMs), baseline: { what: bare, value: health.medianMs } },
    { ...row('signed-in page, p95', page.p95Ms), baseline: { what: bare, value: health.p95Ms } },
    row('the check of a permission alone, median', check.medianMs),
    row('the check of a permission alone, p95', check.p95Ms),
  ]
}

const row = (what: string, value: number): Row => ({ group: 'access', what, unit: 'ms', value })

async function fetchText(url: string, cookie?: string): Promise<string> {
  const response = await fetch(url, { headers: cookie === undefined ? {} : { cookie }, redirect: 'manual' })
  const text = await response.text()
  if (response.status !== 200) throw new Error(`${url}: ${response.status} ${text.slice(0, 200)}`)
  return text
}

/** The cookies of a browser that has signed in. */
async function signIn(url: string): Promise<string> {
  const csrf = await fetch(`${url}/api/auth/csrf`)
  const { csrfToken } = (await csrf.json()) as { csrfToken: string }
  const cookies = (response: Response) => response.headers.getSetCookie().map(cookie => cookie.split(';')[0] ?? '')
  const signedIn = await fetch(`${url}/api/auth/callback/credentials`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookies(csrf).join('; '), origin: url },
    body: new URLSearchParams({ ...account, csrfToken, json: 'true' }),
  })
  const cookie = cookies(signedIn).join('; ')
  if (!cookie.includes('session')) throw new Error(`sign-in: ${signedIn.status} ${await signedIn.text()}`)
  return cookie
}

/** The one question to the database that each request of a member asks. */
async function timeChecks({ databaseUrl, tenant }: BenchStack) {
  const database = createDatabase(databaseUrl, { maxConnections: 1 })
  try {
    const { id: tenantId } = await database.tenant.findUniqueOrThrow({ where: { slug: tenant } })
    const { id: userId } = await database.user.findUniqueOrThrow({ where: { email: account.email } })
    const text = 'SELECT * FROM grants_of($1::uuid, $2::uuid)'
    const db = tenantDb(tenantId, database)
    return await timeEach(500, () => db.sql({ name: 'bench-grants-of', text, values: [tenantId, userId] }), 50)
  } finally {
    await database.$disconnect()
    await disconnectDatabase()
  }
}
