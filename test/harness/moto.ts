import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { freePort } from '#infra/local/free-port'

const run = promisify(execFile)
const venv = resolve('.millrace/cache/moto-venv')

/** The APIs of S3 and AWS Batch on loopback (moto's server). */
export type Moto = { endpoint: string; env: Record<string, string>; stop(): Promise<void> }

/**
 * Starts moto, installing it once from PyPI into the cache; null where that is impossible (an error with REQUIRE_ALL=1).
 * `pageKeys`: how many keys a page of a listing holds, instead of 1,000. `dockerSocket`: the daemon that runs the jobs of
 * AWS Batch; see `moto-batch.py`.
 */
export async function startMoto({
  pageKeys = 1000,
  dockerSocket,
}: {
  pageKeys?: number
  dockerSocket?: string
} = {}): Promise<Moto | null> {
  const program = await findPython()
  if (program === null) {
    if (process.env.REQUIRE_ALL === '1')
      throw new Error('moto is needed (REQUIRE_ALL=1): python3 -m venv and pip failed')
    console.warn("SKIPPED: S3 is not tested, for moto's server is not here and could not be installed")
    return null
  }
  const port = await freePort()
  const main = dockerSocket === undefined ? ['-m', 'moto.server'] : [resolve(import.meta.dirname, 'moto-batch.py')]
  const child = spawn(program, [...main, '-H', '127.0.0.1', '-p', String(port)], {
    stdio: 'ignore',
    env: {
      ...process.env,
      MOTO_S3_DEFAULT_MAX_KEYS: String(pageKeys),
      ...(dockerSocket !== undefined && { DOCKER_HOST: `unix://${dockerSocket}` }),
    },
  })
  const endpoint = `http://127.0.0.1:${port}`
  await waitUntilUp(endpoint, child)
  return {
    endpoint,
    env: { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'us-east-1' },
    async stop() {
      if (child.exitCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

/** A Python that has moto: this machine's, else one of the cache. */
async function findPython(): Promise<string | null> {
  const program = resolve(venv, 'bin/python')
  if (await hasMoto(program)) return program
  if (await hasMoto('python3')) return 'python3'
  try {
    await run('python3', ['-m', 'venv', venv])
    await run(resolve(venv, 'bin/pip'), ['install', '--quiet', 'moto[server]'], { timeout: 180_000 })
  } catch {
    return null
  }
  return (await hasMoto(program)) ? program : null
}

async function hasMoto(program: string): Promise<boolean> {
  return run(program, ['-c', 'import docker, flask_cors, moto.server']).then(
    () => true,
    () => false,
  )
}

async function waitUntilUp(endpoint: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 1200; attempt++) {
    if (child.exitCode !== null) throw new Error(`moto ended at its start with ${child.exitCode}`)
    if (
      await fetch(endpoint).then(
        () => true,
        () => false,
      )
    )
      return
    await sleep(100)
  }
  child.kill('SIGKILL')
  throw new Error('moto did not answer within 120 s')
}
