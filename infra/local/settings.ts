import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { type Env, EnvError, readEnv } from '../env'

export type Settings = {
  env: Env
  isDev: boolean
  port: number
  host: string
  /** For the person who started it. */
  address: string
  dataDir: string
  logDir: string
  secret: string
  masterKey: string
  storageUrl: string
}

/** Arguments win over the environment, which wins over the defaults. */
export function readSettings(root: string, args: string[], source: NodeJS.ProcessEnv = process.env): Settings {
  const { values } = readArguments(args)
  const env = readEnv({
    source: {
      ...source,
      MILLRACE_PORT: values.port ?? source.MILLRACE_PORT,
      MILLRACE_DATA: values.data ?? source.MILLRACE_DATA,
    },
  })
  const dataDir = resolve(root, env.MILLRACE_DATA)
  mkdirSync(dataDir, { recursive: true })
  const host = env.MILLRACE_HOST
  const shownHost = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host) ? 'localhost' : host
  return {
    env,
    isDev: values.dev,
    port: env.MILLRACE_PORT,
    host,
    address: env.MILLRACE_URL ?? `http://${shownHost}:${env.MILLRACE_PORT}`,
    dataDir,
    logDir: join(dataDir, 'logs'),
    secret: env.MILLRACE_SECRET ?? kept(join(dataDir, 'secret'), 48),
    masterKey: env.MILLRACE_MASTER_KEY ?? kept(join(dataDir, 'master-key'), 32),
    storageUrl: env.STORAGE_URL ?? pathToFileURL(join(dataDir, 'storage')).href,
  }
}

function readArguments(args: string[]) {
  try {
    return parseArgs({
      args,
      options: { port: { type: 'string' }, data: { type: 'string' }, dev: { type: 'boolean', default: false } },
    })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new EnvError([`${message} Known are --port N and --data DIR, after "npm start --".`])
  }
}

/** Random bytes in Base64, made once: sessions stay valid over restarts, and secrets can be read again. */
function kept(file: string, bytes: number): string {
  try {
    writeFileSync(file, randomBytes(bytes).toString('base64'), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readFileSync(file, 'utf8').trim()
}
