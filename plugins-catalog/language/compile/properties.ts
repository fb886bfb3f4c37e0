import type { JsonObject } from '../json'

/** Properties of every task; the rest are its plugin's. */
const commonProperties: ReadonlySet<string> = new Set([
  'id',
  'type',
  'version',
  'description',
  'retry',
  'timeout',
  'disabled',
  'runIf',
  'when',
  'allowFailure',
  'allowWarning',
  'logLevel',
  'logToFile',
  'workerGroup',
  'workerSelector',
  'taskCache',
  'assets',
])

/** The task's properties that belong to its plugin. */
export function ownProperties(task: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(task).filter(([key]) => !commonProperties.has(key)))
}

export function withoutKeys(properties: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => !keys.includes(key)))
}
