import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { access } from 'node:fs/promises'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const venv = resolve('.millrace/cache/moto-venv')

/** A real S3 API on loopback (moto's server). */
export type Moto = { endpoint: string; env: Record<string, string>; stop(): Promise<void> }

/** Starts moto, installing it once from PyPI into the cache; null where that is impossible (an error with REQUIRE_ALL=1). */
export async function startMoto(): Promise<Moto | null> {
  const program = await findProgram()
  if (program === null) {
    if (process.env.REQUIRE_ALL === '1')
      throw new Error('moto is needed (REQUIRE_ALL=1): python3 -m venv and pip failed')
    console.warn("SKIPPED: S3 storage is not tested, for moto's server is not here and could not be installed")
    return null
  }
  const port = await freePort()
  const child = spawn(program, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' })
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

async function findProgram(): Promise<string | null> {
  const program = resolve(venv, 'bin/moto_server')
  if (await exists(program)) return program
  try {
    await run('python3', ['-m', 'venv', venv])
    await run(resolve(venv, 'bin/pip'), ['install', '--quiet', 'moto[server]'], { timeout: 180_000 })
  } catch {
    return null
  }
  return (await exists(program)) ? program : null
}

async function waitUntilUp(endpoint: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
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
  throw new Error('moto did not answer within 30 s')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
