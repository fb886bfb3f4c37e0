import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { createToken } from '#db/credentials'
import { root } from '#infra/local/build'
import { freePort } from '#infra/local/free-port'

export type BenchStack = {
  url: string
  tenant: string
  token: string
  temporalAddress: string
  databaseUrl: string
  /** From the command to its line "Millrace runs at". */
  readyMs: number
  /** Process ids by part: supervisor, postgres, temporal, worker, web. */
  pids: Record<string, number>
  stop(): Promise<void>
}

export const account = { email: 'bench@example.com', password: 'correct horse battery' }

/** The product as its user starts it, on a data folder of its own. */
export async function startStack(dataDir: string, token = createToken().token): Promise<BenchStack> {
  const port = await freePort()
  const began = performance.now()
  // What `npm start` runs: npm itself would end before the stack has stopped.
  const child = spawn(
    process.execPath,
    ['infra/local/run.mjs', 'infra/local/start.ts', '--port', String(port), '--data', dataDir],
    {
      cwd: root,
      env: {
        ...process.env,
        MILLRACE_BOOTSTRAP_EMAIL: account.email,
        MILLRACE_BOOTSTRAP_PASSWORD: account.password,
        MILLRACE_BOOTSTRAP_TENANT: 'bench',
        MILLRACE_BOOTSTRAP_TOKEN: token,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const stop = async () => {
    if (child.exitCode !== null) return
    const exited = once(child, 'exit')
    child.kill('SIGTERM')
    await exited
  }
  await waitUntilReady(child)
  const readyMs = performance.now() - began
  const pids: Record<string, number> = { supervisor: child.pid ?? 0, ...(await partsOf(child.pid ?? 0)) }
  const told = await environmentOf(pids.worker ?? 0)
  const { TEMPORAL_ADDRESS: temporalAddress = '', DATABASE_URL: databaseUrl = '' } = told
  const url = `http://127.0.0.1:${port}`
  return { url, tenant: 'bench', token, temporalAddress, databaseUrl, readyMs, pids, stop }
}

async function waitUntilReady(child: ChildProcess): Promise<void> {
  if (!child.stdout) throw new Error('npm start has no output to read')
  for await (const line of createInterface({ input: child.stdout })) {
    console.log(`  | ${line}`)
    if (line.startsWith('Millrace runs at')) {
      child.stdout.resume()
      return
    }
  }
  throw new Error('npm start ended before it was ready')
}

const marks: Record<string, RegExp> = {
  postgres: /bin\/postgres/,
  temporal: /temporal/,
  worker: /worker-\w+\.mjs/,
  web: /next-server|next start/,
}

/** The parts below a process, by what their command line says; of several processes of a part the topmost. */
async function partsOf(pid: number): Promise<Record<string, number>> {
  const parts: Record<string, number> = {}
  for (const child of await descendants(pid)) {
    const command = (await readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ')
    for (const [part, mark] of Object.entries(marks)) if (mark.test(command)) parts[part] ??= child
  }
  return parts
}

async function descendants(pid: number): Promise<number[]> {
  const children: number[] = []
  for (const thread of await readdir(`/proc/${pid}/task`)) {
    const list = await readFile(`/proc/${pid}/task/${thread}/children`, 'utf8')
    children.push(...list.trim().split(' ').filter(Boolean).map(Number))
  }
  const below = await Promise.all(children.map(descendants))
  return [...children, ...below.flat()]
}

/** What the stack told its worker. */
async function environmentOf(worker: number): Promise<Record<string, string>> {
  if (worker === 0) throw new Error('the worker of the stack was not found')
  const entries = (await readFile(`/proc/${worker}/environ`, 'utf8')).split('\0')
  return Object.fromEntries(
    entries.map(entry => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]),
  )
}
