import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '#infra/local/free-port'

const program = '/usr/bin/redis-server'

export type RedisServer = { url: string; stop(): Promise<void> }

/** A real Redis on loopback, from Debian's package; null where it is missing (an error with REQUIRE_ALL=1). */
export async function startRedis(): Promise<RedisServer | null> {
  if (!existsSync(program)) {
    if (process.env.REQUIRE_ALL === '1')
      throw new Error('redis-server is needed (REQUIRE_ALL=1): apt install redis-server')
    console.warn(`SKIPPED: Redis is not tested, for ${program} is not here`)
    return null
  }
  const folder = await mkdtemp(join(tmpdir(), 'millrace-redis-'))
  const port = await freePort()
  const options = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder, '--save', '', '--appendonly', 'no']
  const child = spawn(program, options, { stdio: 'ignore' })
  await waitUntilUp(port, child)
  return {
    url: `redis://127.0.0.1:${port}/0`,
    async stop() {
      if (child.exitCode === null) {
        child.kill('SIGKILL')
        await once(child, 'exit')
      }
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function waitUntilUp(port: number, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (child.exitCode !== null) throw new Error(`redis-server ended at its start with ${child.exitCode}`)
    const socket = connect(port, '127.0.0.1')
    const isUp = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (isUp) return
    await sleep(100)
  }
  child.kill('SIGKILL')
  throw new Error('redis-server did not answer within 30 s')
}
