import type { ExecutionRecorder } from '#db/record-execution'
import type { Storage } from '#db/storage'
import type { ScopedDb } from '#db/tenant-db'
import type { Catalog } from '#language/catalog'
import type { Run } from '#language/define-plugin'
import type { JsonObject } from '#language/json'
import type { CommandSessions } from './command-session'
import type { WorkFolders } from './command-session/work-folders'
import type { EgressGuard } from './egress-guard'

/** What activities are built from; made once per worker (worker.ts) or by a test. */
export type ActivityDependencies = {
  recorder: ExecutionRecorder
  db: (tenantId: string) => ScopedDb
  storage: Storage
  commandSessions: CommandSessions
  catalog: Catalog
  /** By type: the Node half of each plugin. */
  runs: Readonly<Record<string, () => Promise<{ default: Run<never> }>>>
  egress: EgressGuard
  limits: ActivityLimits
  /** Of this machine, for the files of running tasks. */
  folders: WorkFolders
  /** For the operator: what users needn't see. */
  report(error: unknown, where: { [name: string]: string }): void
  /** Variables that are the server's: `envs`, `globals`, `kestra`. */
  serverVariables: JsonObject
}

export type ActivityLimits = {
  /** Outputs of a task run above this are a failure. */
  outputBytes: number
  /** Outputs above this lie in internal storage; a reference travels. */
  inlineOutputBytes: number
  /** A longer log line is cut. */
  logLineBytes: number
}

export const defaultLimits: ActivityLimits = {
  outputBytes: 10 * 1024 * 1024,
  inlineOutputBytes: 256 * 1024,
  logLineBytes: 1024 * 1024,
}
