import type { ExecutionRef } from '#db/record-execution'
import type { Storage } from '#db/storage'
import { executionFolder, parseStorageUri, toStorageUri } from '#db/storage/uri'
import type { JsonObject } from '#language/json'
import { toStored } from '#language/stored'
import type { ActivityDependencies } from './dependencies'

/** A text in internal storage, in parts that are small enough for Temporal. */
export type StoredText = { uris: string[] }

export type StoreTextInput = { execution: ExecutionRef; name: string; text: string }

export function createStoreText(deps: ActivityDependencies) {
  /** Writes a part of what an execution must remember to a file of its own; answers its URI. */
  return async function storeText({ execution, name, text }: StoreTextInput): Promise<string> {
    const path = `${executionFolder(execution)}/state/${name}.json`
    // As JSON: a part may begin in the midst of a surrogate pair.
    await deps.storage.put(execution.tenantId, path, JSON.stringify(text))
    return toStorageUri(path)
  }
}

export function createLoadText(deps: ActivityDependencies) {
  return async function loadText({ tenantId, uri }: { tenantId: string; uri: string }): Promise<string> {
    return readPart(deps.storage, tenantId, uri)
  }
}

export function createJoinText(deps: ActivityDependencies) {
  /** Makes a JSON text of its parts into a file; answers what stands for its content in the variables of a task. */
  return async function joinText({
    execution,
    name,
    uris,
  }: Omit<StoreTextInput, 'text'> & StoredText): Promise<JsonObject> {
    const { tenantId } = execution
    const parts: string[] = []
    for (const uri of uris) parts.push(await readPart(deps.storage, tenantId, uri))
    const path = `${executionFolder(execution)}/state/${name}/outputs.json`
    await deps.storage.put(tenantId, path, parts.join(''))
    return toStored(toStorageUri(path))
  }
}

async function readPart(storage: Storage, tenantId: string, uri: string): Promise<string> {
  const path = parseStorageUri(uri)
  if (path === null) throw new Error(`${uri} is no file of internal storage`)
  const chunks: Buffer[] = []
  for await (const chunk of await storage.open(tenantId, path)) chunks.push(chunk as Buffer)
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as string
}
