import type { Client } from '@temporalio/client'
import type { ExecutionRecorder } from '#db/record-execution'
import type { SealedValues } from '#db/secrets/sealed-values'
import type { SecretStore } from '#db/secrets/secret-store'
import type { Storage } from '#db/storage'
import type { ScopedDb } from '#db/tenant-db'
import type { StorageRoom } from '#db/usage/storage-room'
import type { Catalog } from '#language/catalog'
import type { MachineAccess, Polling, Realtime, Run } from '#language/define-plugin'
import type { JsonObject } from '#language/json'
import type { WorkerGroups } from '../worker-groups'
import type { CommandSessions } from './command-session'
import type { WorkFolders } from './command-session/work-folders'
import type { EgressGuard } from './egress-guard'

/** What activities are built from; made once per worker (worker.ts) or by a test. */
export type ActivityDependencies = {
  recorder: ExecutionRecorder
  db: (tenantId: string) => ScopedDb
  /** Temporal's, to begin executions and to tell them something. */
  client: Client
  storage: Storage
  /** Whether a tenant may store another file. */
  storageRoom: StorageRoom
  secrets: SecretStore
  sealedValues: SealedValues
  commandSessions: CommandSessions
  catalog: Catalog
  /** By type: the Node half of each plugin. */
  runs: Readonly<Record<string, () => Promise<{ default: Run<never> }>>>
  /** By type: the Node half of each polling trigger. */
  polls: Readonly<Record<string, () => Promise<{ default: Polling<never> }>>>
  /** By type: the Node half of each realtime trigger. */
  listens: Readonly<Record<string, () => Promise<{ default: Realtime<never> }>>>
  /** Workers elsewhere, and who may use them. */
  workerGroups: WorkerGroups
  egress: EgressGuard
  machine: MachineAccess
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
  outputBytes: 128 * 1024 * 1024,
  inlineOutputBytes: 256 * 1024,
  logLineBytes: 1024 * 1024,
}
