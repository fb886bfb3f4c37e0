import { execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import Docker from 'dockerode'
import { createProcessGuard } from './process-guard'

const run = promisify(execFile)

export type TestDocker = {
  docker: Docker
  socketPath: string
  /** The same image as a folder, for a registry. */
  shellFolder(): Promise<string>
  /** Makes an image from this machine's own programs, since nothing can be pulled. */
  importImage(name: string): Promise<void>
  stop(): Promise<void>
}

/**
 * Whether this machine can start a Docker daemon of its own: Linux, root, `dockerd`, a static busybox.
 * With REQUIRE_ALL=1 a machine that can't is a failure, not a reason to skip.
 */
export function canStartDocker(): boolean {
  const can = process.getuid?.() === 0 && findProgram('dockerd') !== undefined && findProgram('busybox') !== undefined
  if (!can && process.env.REQUIRE_ALL === '1') throw new Error('REQUIRE_ALL=1, but dockerd or busybox is not here')
  if (!can) console.warn('Docker tests are skipped: they need root, dockerd and a static busybox.')
  return can
}

/** Starts a Docker daemon of its own, apart from any other on this machine. */
export async function startDocker(): Promise<TestDocker> {
  const root = await mkdtemp(join(tmpdir(), 'millrace-docker-'))
  const socketPath = join(root, 'docker.sock')
  const daemon = spawn(
    'dockerd',
    [
      ...['--data-root', join(root, 'data'), '--exec-root', join(root, 'exec'), '--pidfile', join(root, 'pid')],
      ...['-H', `unix://${socketPath}`, '--bridge=none', '--iptables=false', '--ip6tables=false', '--log-level=error'],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  )
  // A test run that is killed takes its daemon with it.
  const guard = createProcessGuard()
  if (daemon.pid !== undefined) guard.watch(daemon.pid)
  let errors = ''
  daemon.stderr.on('data', chunk => {
    errors = (errors + chunk).slice(-4000)
  })
  const exited = once(daemon, 'exit')
  const docker = new Docker({ socketPath })
  await Promise.race([
    answers(docker),
    exited.then(() => {
      throw new Error(`dockerd ended: ${errors}`)
    }),
  ])
  return {
    docker,
    socketPath,
    async shellFolder() {
      const folder = await mkdtemp(join(root, 'image-'))
      await addShell(folder)
      return folder
    },
    importImage: name => importImage(docker, name, root),
    async stop() {
      daemon.kill('SIGTERM')
      await exited
      if (daemon.pid !== undefined) guard.release(daemon.pid)
      // Once a container had the network of this machine, this mount outlives the daemon.
      await run('umount', ['-l', join(root, 'exec/netns/default')]).catch(() => undefined)
      await rm(root, { recursive: true, force: true })
    },
  }
}

async function answers(docker: Docker): Promise<void> {
  const untilMs = Date.now() + 60_000
  while (Date.now() < untilMs) {
    const pong = await docker.ping().catch(() => undefined)
    if (pong !== undefined) return
    await delay(50)
  }
  throw new Error('dockerd did not answer within 60 s')
}

/** Builds a root file system (a shell; Python for a `python:` image, curl for a `curl:`) and imports it under a name. */
async function importImage(docker: Docker, name: string, root: string): Promise<void> {
  const folder = await mkdtemp(join(root, 'image-'))
  await addShell(folder)
  if (name.startsWith('python')) await addPython(folder)
  if (name.startsWith('curl')) await addCurl(folder)
  const tar = spawn('tar', ['-C', folder, '-c', '.'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [repo, tag = 'latest'] = name.split(':')
  const stream = await docker.importImage(tar.stdout as never, {
    repo,
    tag,
    changes: ['ENV PATH=/usr/local/bin:/usr/bin:/bin', 'ENV LANG=C.UTF-8', 'CMD ["sh"]'],
  })
  await new Promise<void>((resolve, reject) => {
    docker.modem.followProgress(stream, (error: Error | null) => (error ? reject(error) : resolve()))
  })
  await rm(folder, { recursive: true, force: true })
}

async function addShell(folder: string): Promise<void> {
  for (const name of ['bin', 'etc', 'tmp', 'root', 'usr/local/bin', 'var/tmp'])
    await mkdir(join(folder, name), { recursive: true })
  await run('chmod', ['1777', join(folder, 'tmp')])
  await cp(findProgram('busybox') ?? '', join(folder, 'bin/busybox'))
  for (const applet of execFileSync('busybox', ['--list']).toString().trim().split('\n')) {
    if (applet !== 'busybox') await symlink('busybox', join(folder, 'bin', applet))
  }
  await writeFile(join(folder, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\nuser:x:1000:1000:user:/tmp:/bin/sh\n')
  await writeFile(join(folder, 'etc/group'), 'root:x:0:\nuser:x:1000:\n')
}

/** This machine's Python: the interpreter, its standard library, and the shared libraries that they load. */
async function addPython(folder: string): Promise<void> {
  const script =
    'import sys, os, json; print(json.dumps([os.path.realpath(sys.executable), os.__file__, sys.base_prefix]))'
  const [program, osModule, prefix] = JSON.parse(execFileSync('python3', ['-c', script]).toString()) as [
    string,
    string,
    string,
  ]
  const library = dirname(osModule)
  const skipped =
    /\/(test|idlelib|tkinter|turtledemo|ensurepip|site-packages|dist-packages|__pycache__)$|\.a$|\/config-[^/]*$/
  await cp(library, join(folder, library), { recursive: true, filter: source => !skipped.test(source) })
  await mkdir(join(folder, library, 'site-packages'), { recursive: true })
  await cp(program, join(folder, program), { recursive: true })
  const extensions = execFileSync('find', [join(library, 'lib-dynload'), '-name', '*.so'])
    .toString()
    .trim()
    .split('\n')
  await addLibraries(folder, [program, ...extensions])
  for (const name of ['python', 'python3', basename(program)]) {
    const link = join(folder, 'usr/local/bin', name)
    if (join('/usr/local/bin', name) !== program && !existsSync(link)) await symlink(program, link)
  }
  if (prefix === '/usr') await writeFile(join(folder, 'etc/debian_version'), '12\n')
}

/** This machine's curl. */
async function addCurl(folder: string): Promise<void> {
  const program = findProgram('curl') ?? ''
  await cp(program, join(folder, 'bin/curl'), { dereference: true })
  await addLibraries(folder, [program])
}

async function addLibraries(folder: string, files: string[]): Promise<void> {
  for (const path of sharedLibraries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await cp(path, join(folder, path), { dereference: true })
  }
}

function sharedLibraries(files: string[]): Set<string> {
  const output = execFileSync('ldd', files, { stdio: ['ignore', 'pipe', 'ignore'] }).toString()
  return new Set([...output.matchAll(/(?:=> |^\s+)(\/\S+) \(0x/gm)].map(match => match[1] as string))
}

function findProgram(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/sbin']
  return folders.map(folder => join(folder, name)).find(existsSync)
}
