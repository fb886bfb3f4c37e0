import { FileNotFound, type Storage } from '#db/storage'
import {
  belongsTo,
  executionFolder,
  namespaceFilesFolder,
  parseNamespaceFileUri,
  parseStorageUri,
  type TaskRunRef,
  taskRunFolder,
  toStorageUri,
} from '#db/storage/uri'
import { type NamespaceFiles, TaskError, type TaskStorage } from '#language/define-plugin'

export type TaskStorageOptions = TaskRunRef & {
  storage: Storage
  tenantId: string
  /** Whether a file of another execution (a storage path) may be read: that of a parent, or one given as an input. */
  mayRead?: (path: string) => boolean | Promise<boolean>
}

/** The internal storage as one task run sees it: its own tenant, its own execution and what `mayRead` adds. */
export function createTaskStorage(options: TaskStorageOptions): TaskStorage {
  const { storage, tenantId, mayRead = () => false } = options

  async function locateExecutionFile(uri: string): Promise<string> {
    const path = parseStorageUri(uri)
    if (path === null) throw new TaskError(`${shorten(uri)} is no URI of the internal storage (kestra:///...)`)
    if (belongsTo(path, [options]) || (await mayRead(path))) return path
    throw new TaskError(`${shorten(uri)} is no file of this execution, nor of one that started it`)
  }

  async function locate(uri: string): Promise<string> {
    return parseNamespaceFileUri(uri, options.namespace) ?? locateExecutionFile(uri)
  }

  return {
    async put(fileName, content) {
      const path = `${taskRunFolder(options)}/${fileName}`
      await storage.put(tenantId, path, content)
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
      return openNamespaceFiles(storage, tenantId, namespace)
    },
  }
}

function openNamespaceFiles(storage: Storage, tenantId: string, namespace: string): NamespaceFiles {
  if (!/^\w[\w.-]*$/.test(namespace)) throw new TaskError(`${shorten(namespace)} is no name of a namespace`)
  const folder = namespaceFilesFolder(namespace)
  const pathOf = (path: string) => `${folder}/${path.replace(/^\/+/, '')}`
  return {
    async put(path, content) {
      await storage.put(tenantId, pathOf(path), content)
    },
    async open(path) {
      return storage.open(tenantId, pathOf(path)).catch(explainMissing(path))
    },
    exists: async path => storage.exists(tenantId, pathOf(path)),
    delete: async path => storage.delete(tenantId, pathOf(path)),
    async list() {
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

function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}...` : text
}
