import type { Storage } from '#db/storage'
import { parseStorageUri, type TaskRunRef, taskRunFolder, toStorageUri } from '#db/storage/uri'
import { TaskError } from '#language/define-plugin'
import { isJsonObject, type Json, type JsonObject } from '#language/json'
import type { ActivityLimits } from './dependencies'

/** Stands for outputs that lie in internal storage. */
const referenceKey = '$stored'

/** What travels of a task's outputs, and whether it is only a reference. */
export type TravellingOutputs = { outputs: JsonObject; isStored: boolean }

type Place = { storage: Storage; tenantId: string; ref: TaskRunRef; limits: ActivityLimits }

/** Outputs as they travel: as they are if small, a reference to internal storage if large. Too large is a failure. */
export async function packOutputs(place: Place, outputs: JsonObject): Promise<TravellingOutputs> {
  const { storage, tenantId, ref, limits } = place
  const text = JSON.stringify(outputs)
  const bytes = Buffer.byteLength(text)
  if (bytes <= limits.inlineOutputBytes) return { outputs: JSON.parse(text) as JsonObject, isStored: false }
  if (bytes > limits.outputBytes) {
    throw new TaskError(
      `The outputs of this task have ${bytes} bytes; ${limits.outputBytes} are the most. Write them to a file of the internal storage (outputFiles, fetchType: STORE) and pass its URI on.`,
    )
  }
  const path = `${taskRunFolder(ref)}/outputs.json`
  await storage.put(tenantId, path, text)
  return { outputs: { [referenceKey]: toStorageUri(path), bytes }, isStored: true }
}

/** Puts stored outputs back in the place of their references, deep. */
export async function restoreOutputs(storage: Storage, tenantId: string, value: Json): Promise<Json> {
  if (Array.isArray(value)) return Promise.all(value.map(item => restoreOutputs(storage, tenantId, item)))
  if (!isJsonObject(value)) return value
  const path = typeof value[referenceKey] === 'string' ? parseStorageUri(value[referenceKey]) : null
  if (path !== null && isOutputsFile(path)) return readJson(storage, tenantId, path)
  const entries = Object.entries(value).map(async ([key, child]) => [
    key,
    await restoreOutputs(storage, tenantId, child),
  ])
  return Object.fromEntries(await Promise.all(entries)) as JsonObject
}

/** Whether a scope holds any reference; most don't, and needn't be copied. */
export function holdsReference(scope: Json): boolean {
  if (Array.isArray(scope)) return scope.some(holdsReference)
  if (!isJsonObject(scope)) return false
  return referenceKey in scope || Object.values(scope).some(holdsReference)
}

function isOutputsFile(path: string): boolean {
  return path.endsWith('/outputs.json') && !path.split('/').includes('..')
}

async function readJson(storage: Storage, tenantId: string, path: string): Promise<Json> {
  const chunks: Buffer[] = []
  for await (const chunk of await storage.open(tenantId, path)) chunks.push(chunk as Buffer)
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Json
}
