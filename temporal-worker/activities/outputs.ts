import type { Storage } from '#db/storage'
import { parseStorageUri, type TaskRunRef, taskRunFolder, toStorageUri } from '#db/storage/uri'
import { TaskError } from '#language/define-plugin'
import { isJsonObject, type Json, type JsonObject } from '#language/json'
import { storedUri, toStored } from '#language/stored'
import type { ActivityLimits } from './dependencies'

/** What travels of a task's outputs, and whether it is only a reference. */
export type TravellingOutputs = { outputs: JsonObject; isStored: boolean }

type Place = { storage: Storage; tenantId: string; ref: TaskRunRef; limits: ActivityLimits }

/** Outputs as they travel: as they are if small, a reference to internal storage if large. Too large is a failure. */
export async function packOutputs(place: Place, outputs: JsonObject): Promise<TravellingOutputs> {
  const { storage, tenantId, ref, limits } = place
  const text = toJson(outputs)
  const bytes = text === undefined ? Number.POSITIVE_INFINITY : Buffer.byteLength(text)
  if (text === undefined || bytes > limits.outputBytes) throw tooLarge(bytes, limits)
  if (bytes <= limits.inlineOutputBytes) return { outputs: JSON.parse(text) as JsonObject, isStored: false }
  const path = `${taskRunFolder(ref)}/outputs.json`
  await storage.put(tenantId, path, text)
  return { outputs: { ...toStored(toStorageUri(path)), bytes }, isStored: true }
}

/** Undefined where it would be longer than a text can be. */
function toJson(outputs: JsonObject): string | undefined {
  try {
    return JSON.stringify(outputs)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function tooLarge(bytes: number, limits: ActivityLimits): TaskError {
  const size = Number.isFinite(bytes) ? `${bytes} bytes` : 'more than 512 MB'
  return new TaskError(
    `The outputs of this task have ${size}; ${limits.outputBytes} are the most on this installation (MILLRACE_OUTPUT_MAX_MIB). Write them to a file of the internal storage (outputFiles, fetchType: STORE, http.Download) and pass its URI on.`,
  )
}

/** Puts stored outputs back in the place of their references, deep. */
export async function restoreOutputs(storage: Storage, tenantId: string, value: Json): Promise<Json> {
  if (Array.isArray(value)) return Promise.all(value.map(item => restoreOutputs(storage, tenantId, item)))
  if (!isJsonObject(value)) return value
  const uri = storedUri(value)
  const path = uri === undefined ? null : parseStorageUri(uri)
  // Outputs of a large context hold references themselves.
  if (path !== null && isOutputsFile(path)) {
    const content = await readJson(storage, tenantId, path)
    return isContextFile(path) ? restoreOutputs(storage, tenantId, content) : content
  }
  const entries = Object.entries(value).map(async ([key, child]) => [
    key,
    await restoreOutputs(storage, tenantId, child),
  ])
  return Object.fromEntries(await Promise.all(entries)) as JsonObject
}

function isContextFile(path: string): boolean {
  return path.split('/').at(-3) === 'state'
}

function isOutputsFile(path: string): boolean {
  return path.endsWith('/outputs.json') && !path.split('/').includes('..')
}

/** A file of JSON, small enough to be held in memory. */
export async function readJson(storage: Storage, tenantId: string, path: string): Promise<Json> {
  const chunks: Buffer[] = []
  for await (const chunk of await storage.open(tenantId, path)) chunks.push(chunk as Buffer)
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Json
}
