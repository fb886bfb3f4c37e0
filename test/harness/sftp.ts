import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { freePort } from '#infra/local/free-port'

const run = promisify(execFile)
const program = '/usr/sbin/sshd'

/** OpenSSH's own server on loopback, as the user that runs the test. */
export type SftpServer = {
  host: string
  port: number
  username: string
  /** Text of the private key that it lets in. */
  keyfile: string
  /** The same key, sealed with `passphrase`. */
  sealedKeyfile: string
  passphrase: string
  /** A fresh folder of this machine: where the user begins. */
  folder: string
  stop(): Promise<void>
}

/** Starts sshd with keys and a configuration of its own; null where it isn't installed (an error with REQUIRE_ALL=1). */
export async function startSftp(): Promise<SftpServer | null> {
  const isHere = await access(program).then(
    () => true,
    () => false,
  )
  if (!isHere) {
    if (process.env.REQUIRE_ALL === '1') throw new Error('sshd is needed (REQUIRE_ALL=1): install openssh-server')
    console.warn('SKIPPED: SFTP is not tested, for there is no sshd here; install openssh-server')
    return null
  }
  const root = await mkdtemp(join(tmpdir(), 'millrace-sftp-'))
  const folder = join(root, 'home')
  await mkdir(folder)
  const passphrase = 'sealed'
  await Promise.all([
    makeKey(join(root, 'host')),
    makeKey(join(root, 'user')),
    makeKey(join(root, 'sealed'), passphrase),
  ])
  const keys = await Promise.all(['user.pub', 'sealed.pub'].map(name => readFile(join(root, name), 'utf8')))
  await writeFile(join(root, 'authorized'), keys.join(''))
  const port = await freePort()
  await writeFile(join(root, 'config'), configText(root, folder, port))
  // Root's needs it, and only an installed service would make it.
  if (userInfo().uid === 0) await mkdir('/run/sshd', { recursive: true })
  const child = spawn(program, ['-D', '-e', '-f', join(root, 'config')], { stdio: ['ignore', 'ignore', 'pipe'] })
  const errors: string[] = []
  child.stderr.on('data', data => errors.push(String(data)))
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`sshd ended at its start: ${errors.join('')}`)
    await sleep(50)
  }
  return {
    host: '127.0.0.1',
    port,
    username: userInfo().username,
    keyfile: await readFile(join(root, 'user'), 'utf8'),
    sealedKeyfile: await readFile(join(root, 'sealed'), 'utf8'),
    passphrase,
    folder,
    async stop() {
      if (child.exitCode === null && child.kill('SIGTERM')) await once(child, 'exit')
      await rm(root, { recursive: true, force: true })
    },
  }
}

async function makeKey(file: string, passphrase = ''): Promise<void> {
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-C', 'test', '-f', file])
  await chmod(file, 0o600)
}

function configText(root: string, folder: string, port: number): string {
  return `ListenAddress 127.0.0.1:${port}
HostKey ${root}/host
PidFile none
AuthorizedKeysFile ${root}/authorized
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
MaxStartups 100
Subsystem sftp internal-sftp -d ${folder}
`
}

function answers(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    socket.once('data', () => {
      socket.destroy()
      resolve(true)
    })
    // With an error, or without a word.
    socket.once('close', () => resolve(false))
    socket.on('error', () => undefined)
  })
}
