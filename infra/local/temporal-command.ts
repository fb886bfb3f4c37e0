import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { freePorts, isPortTaken } from './free-port'
import type { TemporalBinary, TemporalKind } from './temporal-binary'

type Command = { command: string; args: string[] }
type CommandOptions = { binary: TemporalBinary; dir: string; port: number }

/** The stock values let a server with one history shard do about ten steps a second. */
const dynamicConfig = {
  'history.transferProcessorMaxPollRPS': 2000,
  'history.timerProcessorMaxPollRPS': 2000,
  'history.transferProcessorMaxPollHostRPS': 10_000,
  // A tenant with many tasks must not keep another's waiting; older servers don't know it, and ignore it.
  'matching.enableFairness': true,
  // Each partition is fair for itself: a place that becomes free would find the waiting tenant in one of four.
  'matching.numTaskqueueReadPartitions': 1,
  'matching.numTaskqueueWritePartitions': 1,
}

/** How each kind of program is started with its state in `dir`, on the loopback. */
export function temporalCommand(options: CommandOptions): Promise<Command> {
  return commands[options.binary.kind](options)
}

const commands = { server: serverCommand, cli: cliCommand } satisfies Record<
  TemporalKind,
  (options: CommandOptions) => Promise<Command>
>

async function cliCommand({ binary, dir, port }: CommandOptions): Promise<Command> {
  const args = ['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'warn']
  args.push('--db-filename', join(dir, 'temporal-dev.db'))
  for (const pragma of ['journal_mode=WAL', 'synchronous=1']) args.push('--sqlite-pragma', pragma)
  for (const [name, value] of Object.entries(dynamicConfig)) args.push('--dynamic-config-value', `${name}=${value}`)
  return { command: binary.path, args }
}

async function serverCommand({ binary, dir, port }: CommandOptions): Promise<Command> {
  const config = join(dir, 'config.yaml')
  const dynamic = join(dir, 'dynamic.yaml')
  const values = Object.entries(dynamicConfig).map(([name, value]) => [name, [{ value }]])
  await writeFile(dynamic, stringify(Object.fromEntries(values)))
  await writeFile(config, stringify(await serverConfig(dir, dynamic, port)))
  return { command: binary.path, args: ['--config-file', config, '--allow-no-auth', 'start'] }
}

/** One process with all four services. One history shard: its number is fixed for the life of the files. */
async function serverConfig(dir: string, dynamicConfigFile: string, port: number) {
  const [history, matching, worker, ...membership] = await innerPorts(dir)
  const service = (grpcPort?: number, membershipPort?: number) => ({
    rpc: { grpcPort, membershipPort, bindOnIP: '127.0.0.1' },
  })
  return {
    log: { stdout: true, level: 'warn' },
    persistence: {
      defaultStore: 'main',
      visibilityStore: 'visibility',
      numHistoryShards: 1,
      datastores: {
        main: sqlite(join(dir, 'temporal.db')),
        visibility: sqlite(join(dir, 'temporal-visibility.db')),
      },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
    services: {
      frontend: service(port, membership[0]),
      history: service(history, membership[1]),
      matching: service(matching, membership[2]),
      worker: service(worker, membership[3]),
    },
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: {
          enabled: true,
          initialFailoverVersion: 1,
          rpcName: 'frontend',
          rpcAddress: `127.0.0.1:${port}`,
        },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    dynamicConfigClient: { filepath: dynamicConfigFile, pollInterval: '60s' },
  }
}

/**
 * The same ports at each start where they are free: the server looks for its former members, kept in its database,
 * and takes most of a minute to give up those of ports that are gone.
 */
async function innerPorts(dir: string): Promise<number[]> {
  const file = join(dir, 'ports.json')
  const known: number[] = await readFile(file, 'utf8').then(JSON.parse, () => [])
  const taken = await Promise.all(known.map(isPortTaken))
  if (known.length > 0 && !taken.includes(true)) return known
  const ports = await freePorts(7)
  await writeFile(file, JSON.stringify(ports))
  return ports
}

/** `synchronous: 1` with a write-ahead log survives a crash of the process and of the machine without corruption. */
function sqlite(databaseName: string) {
  return {
    sql: {
      pluginName: 'sqlite',
      databaseName,
      connectAddr: 'localhost',
      connectProtocol: 'tcp',
      maxConns: 1,
      maxIdleConns: 1,
      connectAttributes: { mode: 'rwc', setup: 'true', journal_mode: 'wal', synchronous: '1' },
    },
  }
}
