import type { NamespaceAccess } from '#db/namespace-access'
import { FileNotFound, type Storage } from '#db/storage'
import {
  belongsTo,
  executionFolder,
  isNamespaceWithFiles,
  namespaceCacheFolder,
  namespaceFilesFolder,
  parseStorageUri,
  splitNamespaceFileUri,
  type TaskRunRef,
  taskRunFolder,
  toStorageUri,
} from '#db/storage/uri'
import { PlanLimitReached } from '#db/usage/plan-limit'
import { type CacheFiles, type NamespaceFiles, TaskError, type TaskStorage } from '#language/define-plugin'

export type TaskStorageOptions = TaskRunRef & {
  storage: Storage
  tenantId: string
  /** Which other namespaces' files the task may use. */
  access: NamespaceAccess
  /** Whether a file of another execution (a storage path) may be read: that of a parent, or one given as an input. */
  mayRead?: (path: string) => boolean | Promise<boolean>
  /** Whether the tenant's plan has room for another file; unlimited where absent. */
  room?: FileRoom
}

/** `require` throws PlanLimitReached; `add` is told what was stored. */
export type FileRoom = { require(): Promise<void>; add(bytes: number): void }

/** The internal storage as one task run sees it: its own tenant, its own execution and what `mayRead` adds. */
export function createTaskStorage(options: TaskStorageOptions): TaskStorage {
  const { storage, tenantId, access, mayRead = () => false } = options

  async function locateExecutionFile(uri: string): Promise<string> {
    const path = parseStorageUri(uri)
    if (path === null) throw new TaskError(`${shorten(uri)} is no URI of the internal storage (kestra:///...)`)
    if (belongsTo(path, [options]) || (await mayRead(path))) return path
    throw new TaskError(`${shorten(uri)} is no file of this execution, nor of one that started it`)
  }

  async function store(path: string, content: StoredContent): Promise<void> {
    await options.room?.require().catch(explainLimit)
    const { size } = await storage.put(tenantId, path, content)
    options.room?.add(size)
  }

  async function locate(uri: string): Promise<string> {
    const named = splitNamespaceFileUri(uri, options.namespace)
    if (named === null) return locateExecutionFile(uri)
    return `${await openFolder(named.namespace)}/${named.path}`
  }

  async function openFolder(namespace: string): Promise<string> {
    if (!isNamespaceWithFiles(namespace)) throw new TaskError(`${shorten(namespace)} is no name of a namespace`)
    const refusal = await access.refusal('the files', namespace)
    if (refusal !== null) throw new TaskError(refusal)
    return namespaceFilesFolder(namespace)
  }

  return {
    async put(fileName, content) {
      const path = `${taskRunFolder(options)}/${fileName}`
      await store(path, content)
      return toStorageUri(path)
    },
    async open(uri) {
      return storage.open(tenantId, await locate(uri)).catch(explainMissing(uri))
    },
    async size(uri) {
      const { size } = await storage.stat(tenantId, await locate(uri)).catch(explainMissing(uri))
      return size
    },
    async exists(uri) {
      return storage.exists(tenantId, await locate(uri))
    },
    async delete(uri) {
      return storage.delete(tenantId, await locateExecutionFile(uri))
    },
    async listExecutionFiles() {
      const paths = await listPaths(storage, tenantId, executionFolder(options))
      return paths.map(toStorageUri)
    },
    namespaceFiles(namespace = options.namespace) {
      return openNamespaceFiles({ storage, tenantId, store }, () => openFolder(namespace))
    },
    cache: openCache({ storage, tenantId, store }, namespaceCacheFolder(options.namespace)),
  }
}

type StoredContent = Parameters<Storage['put']>[2]
type Place = { storage: Storage; tenantId: string; store(path: string, content: StoredContent): Promise<void> }

/** After the name of a kept file: beside it lies an empty one, whose time is that of the last use, to a day. */
export const usedMark = '.used'
const noteUseEveryMs = 24 * 3600 * 1000

function openCache({ storage, tenantId, store }: Place, folder: string): CacheFiles {
  async function noteUse(path: string): Promise<void> {
    const noted = await storage.stat(tenantId, path + usedMark).catch(() => undefined)
    if (noted !== undefined && Date.now() - noted.modifiedAt.getTime() < noteUseEveryMs) return
    await storage.put(tenantId, path + usedMark, '')
  }
  return {
    async open(name) {
      const path = `${folder}/${name}`
      const content = await storage.open(tenantId, path).catch(error => {
        if (error instanceof FileNotFound) return undefined
        throw error
      })
      if (content !== undefined) await noteUse(path).catch(() => undefined)
      return content
    },
    async put(name, content) {
      await store(`${folder}/${name}`, content)
    },
  }
}

/** `openFolder` rejects where the namespace's files may not be used. */
function openNamespaceFiles({ storage, tenantId, store }: Place, openFolder: () => Promise<string>): NamespaceFiles {
  const pathOf = async (path: string) => `${await openFolder()}/${path.replace(/^\/+/, '')}`
  return {
    async put(path, content) {
      await store(await pathOf(path), content)
    },
    async open(path) {
      return storage.open(tenantId, await pathOf(path)).catch(explainMissing(path))
    },
    exists: async path => storage.exists(tenantId, await pathOf(path)),
    delete: async path => storage.delete(tenantId, await pathOf(path)),
    async list() {
      const folder = await openFolder()
      const paths = await listPaths(storage, tenantId, folder)
      return paths.map(path => path.slice(folder.length + 1))
    },
  }
}

async function listPaths(storage: Storage, tenantId: string, folder: string): Promise<string[]> {
  const paths: string[] = []
  for await (const file of storage.list(tenantId, folder)) paths.push(file.path)
  return paths.sort()
}

function explainMissing(uri: string): (error: unknown) => never {
  return error => {
    if (error instanceof FileNotFound) throw new TaskError(`There is no file ${shorten(uri)}`, { cause: error })
    throw error
  }
}

function explainLimit(error: unknown): never {
  throw error instanceof PlanLimitReached ? new TaskError(error.message, { cause: error }) : error
}

function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}...` : text
}
