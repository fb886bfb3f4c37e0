import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { runToEnd } from './run-to-end'

/** `server` is the server alone, with a configuration file; `cli` is the command line tool with its development server. */
export type TemporalKind = 'server' | 'cli'
export type TemporalBinary = { kind: TemporalKind; path: string }

const names = { server: 'temporal-server', cli: 'temporal' } satisfies Record<TemporalKind, string>

/** The newest that builds from the module proxy without a download of another Go. */
const goModule = 'go.temporal.io/server/cmd/server@v1.32.0'

/** Finds a Temporal server, in this order: PATH, the cache folder, the official download, a build with Go. */
export async function findTemporal(cacheDir: string, log: (line: string) => void): Promise<TemporalBinary> {
  const folders = [...(process.env.PATH ?? '').split(delimiter), cacheDir]
  const found = folders.map(binaryIn).find(binary => binary !== undefined)
  if (found) return found
  await mkdir(cacheDir, { recursive: true })
  const reasons: string[] = []
  for (const obtain of [download, build]) {
    try {
      return await obtain(cacheDir, log)
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error))
    }
  }
  throw new Error(
    'No Temporal server was found. Install `temporal` on PATH, set TEMPORAL_ADDRESS to one that runs, ' +
      `or install Go to build it.\n${reasons.map(reason => `- ${reason}`).join('\n')}`,
  )
}

function binaryIn(folder: string): TemporalBinary | undefined {
  if (!folder) return undefined
  for (const kind of ['server', 'cli'] as const) {
    const path = join(folder, names[kind])
    if (existsSync(path)) return { kind, path }
  }
  return undefined
}

/** The SDK's helper downloads the command line tool only by starting it once. */
async function download(cacheDir: string, log: (line: string) => void): Promise<TemporalBinary> {
  log('downloading the Temporal command line tool')
  const { TestWorkflowEnvironment } = await import('@temporalio/testing')
  const folder = join(cacheDir, 'download')
  await mkdir(folder, { recursive: true })
  const executable = { type: 'cached-download' as const, downloadDir: folder }
  const environment = await TestWorkflowEnvironment.createLocal({ server: { executable } })
  await environment.teardown()
  const file = (await readdir(folder)).find(name => name.startsWith('temporal'))
  if (!file) throw new Error(`The download left no program in ${folder}.`)
  const path = join(cacheDir, names.cli)
  await rename(join(folder, file), path)
  await rm(folder, { recursive: true, force: true })
  return { kind: 'cli', path }
}

async function build(cacheDir: string, log: (line: string) => void): Promise<TemporalBinary> {
  log('building the Temporal server with Go: once, a few minutes')
  const folder = join(cacheDir, 'build')
  const install = (env: Record<string, string>) =>
    runToEnd(
      'go install of the Temporal server',
      { command: 'go', args: ['install', '-trimpath', '-ldflags=-s -w', goModule] },
      { env: { ...process.env, GOBIN: folder, ...env } },
    )
  // The checksum database may not know a module yet; the server's own go.sum still pins it.
  await install({}).catch(() => install({ GONOSUMDB: '*' }))
  const path = join(cacheDir, names.server)
  await rename(join(folder, 'server'), path)
  await rm(folder, { recursive: true, force: true })
  return { kind: 'server', path }
}
