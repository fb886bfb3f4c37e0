import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bootstrap } from '#db/bootstrap'
import { createDatabase } from '#db/client'
import { createToken } from '#db/credentials'
import { migrate } from '#db/migrate'
import { buildWeb, root } from '#infra/local/build'
import { freePort } from '#infra/local/free-port'
import { startPostgres } from '#infra/local/postgres'
import { startTemporal } from '#infra/local/temporal'
import { startWeb } from '#infra/local/web'
import { startBrowser } from '../../harness/browser'
import { printTable, type Row, writeReport } from '../report'
import { answerRows } from './answer-rows'
import { firstLoadRows, scrollRows } from './browser-rows'
import { createFlows, editorRows } from './editor-rows'
import { type Amounts, seed } from './seed'

const account = { email: 'bench@example.com', password: 'correct horse battery' }

const { values } = parseArgs({
  options: {
    executions: { type: 'string', default: '1000000' },
    lines: { type: 'string', default: '10000000' },
    'log-lines': { type: 'string', default: '1000000' },
  },
})
const amounts: Amounts = {
  executions: Number(values.executions),
  lines: Number(values.lines),
  logLines: Number(values['log-lines']),
}
const log = () => {}

/**
 * Measures the pages in a real Chromium and what the server answers them, on many executions and lines.
 * @example `npm run bench:ui -- --executions 100000 --lines 1000000`
 */
async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-bench-ui-'))
  // Postgres runs as another user when we are root.
  await chmod(folder, 0o755)
  const stops: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
  try {
    const postgres = await startPostgres({ dir: join(folder, 'postgres'), log, isThrowaway: true })
    stops.push(() => postgres.stop())
    await migrate(postgres.url)
    const { token } = createToken()
    const tenantId = await createTenant(postgres.url, token)
    console.log(`Seeding ${JSON.stringify(amounts)}`)
    await seed(postgres.url, tenantId, amounts)
    const temporal = await startTemporal({ dir: join(folder, 'temporal'), log })
    stops.push(() => temporal.stop())
    await buildWeb(log)
    const port = await freePort()
    const env = {
      ...process.env,
      DATABASE_URL: postgres.url,
      TEMPORAL_ADDRESS: temporal.address,
      STORAGE_URL: `file://${join(folder, 'storage')}`,
      MILLRACE_SECRET: randomBytes(48).toString('base64'),
      MILLRACE_MASTER_KEY: randomBytes(32).toString('base64'),
      MILLRACE_PORT: String(port),
    }
    const web = await startWeb({ env, log, host: '127.0.0.1', port })
    stops.push(() => web.stop())
    const url = `http://127.0.0.1:${port}`
    const rows = await measure(url, token)
    const file = join(root, '.millrace/bench-ui.json')
    await writeReport(file, rows)
    console.log(`\nWritten to ${file}`)
  } finally {
    for (const stop of stops.reverse()) await stop()
  }
}

async function measure(url: string, token: string): Promise<Row[]> {
  const browser = await startBrowser()
  try {
    const { page } = browser
    // What compiles this program wraps functions in it, those too that run in the page.
    await page.addInitScript('globalThis.__name ??= value => value')
    await page.goto(`${url}/sign-in`)
    await page.getByLabel('E-mail').fill(account.email)
    await page.getByLabel('Password').fill(account.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL('**/bench/**')
    await createFlows({ url, token })
    const rows: Row[] = []
    for (const part of [
      () => answerRows({ url, token }),
      () => firstLoadRows(page, url),
      () => scrollRows(page, url, amounts.logLines),
      () => editorRows(page, url),
    ]) {
      const measured = await part()
      // At once: a part that fails later takes nothing with it.
      printTable(measured)
      rows.push(...measured)
    }
    return rows
  } finally {
    await browser.stop()
  }
}

async function createTenant(url: string, token: string): Promise<string> {
  const db = createDatabase(url, { maxConnections: 1 })
  try {
    const owner = await bootstrap({ ...account, tenant: 'bench', plan: 'SCALE', token }, db)
    if (!owner) throw new Error('a fresh database has no user yet')
    return owner.tenantId
  } finally {
    await db.$disconnect()
  }
}

await main()
