/** Names of files as flows see them: `kestra:///<namespace as path>/<flow>/executions/<id>/tasks/<task>/<run>/<file>`. */

export const storageScheme = 'kestra'

export type ExecutionRef = { namespace: string; flowId: string; executionId: string }
export type TaskRunRef = ExecutionRef & { taskId: string; taskRunId: string }

/** Kestra's rule for ids in paths: `My Flow_1` -> `my-flow-1`. */
export function slug(id: string): string {
  return id
    .normalize('NFD')
    .replace(/[\s_]+/g, '-')
    .replace(/[^\w-]/g, '')
    .toLowerCase()
}

/** `company.team` -> `company/team` */
export function namespacePath(namespace: string): string {
  return namespace.replaceAll('.', '/')
}

/** The folder of all files of an execution. */
export function executionFolder({ namespace, flowId, executionId }: ExecutionRef): string {
  return `${namespacePath(namespace)}/${slug(flowId)}/executions/${executionId}`
}

export function taskRunFolder(ref: TaskRunRef): string {
  return `${executionFolder(ref)}/tasks/${slug(ref.taskId)}/${ref.taskRunId}`
}

export function inputFilePath(ref: ExecutionRef & { inputId: string; fileName: string }): string {
  return `${executionFolder(ref)}/inputs/${slug(ref.inputId)}/${ref.fileName}`
}

/** What a task keeps from one execution to the next. Names are slugs: who keeps something here tells flows apart itself. */
export function taskCacheFolder({ namespace, flowId, taskId }: Omit<TaskRunRef, 'executionId' | 'taskRunId'>): string {
  return `${namespacePath(namespace)}/${slug(flowId)}/${slug(taskId)}/cache`
}

export function namespaceFilesFolder(namespace: string): string {
  return `${namespacePath(namespace)}/_files`
}

/** Of what tasks of a namespace keep for each other. */
export function namespaceCacheFolder(namespace: string): string {
  return `${namespacePath(namespace)}/_cache`
}

/** `a/b c.txt` -> `kestra:///a/b%20c.txt` */
export function toStorageUri(path: string): string {
  return `${storageScheme}:///${path.split('/').map(encodePart).join('/')}`
}

/** The storage path of a `kestra:///` URI, or null for any other text. Says nothing about who may read it. */
export function parseStorageUri(uri: string): string | null {
  const match = /^kestra:\/\/\/+([^?#]+)$/.exec(uri)
  return match?.[1] === undefined ? null : decodePath(match[1])
}

/** Namespace and path of `nsfile:///path` (the current namespace) or `nsfile://company.team/path`; null for any other text. */
export function splitNamespaceFileUri(
  uri: string,
  currentNamespace: string,
): { namespace: string; path: string } | null {
  const match = /^nsfile:\/\/([\w.-]*)\/+([^?#]+)$/.exec(uri)
  const path = match?.[2] === undefined ? null : decodePath(match[2])
  return path === null ? null : { namespace: match?.[1] || currentNamespace, path }
}

/** Whether a namespace has a folder that is no other's: `a..b` and `a.b` would share one. */
export function isNamespaceWithFiles(namespace: string): boolean {
  return /^\w[\w-]*(\.[\w-]+)*$/.test(namespace)
}

/** Whether a storage URI or path is of one of these executions, by its folder. */
export function belongsTo(uriOrPath: string, executions: ExecutionRef[]): boolean {
  const path = parseStorageUri(uriOrPath) ?? uriOrPath
  if (path.split('/').includes('..')) return false
  return executions.some(execution => path.startsWith(`${executionFolder(execution)}/`))
}

/** The id of the execution that a storage path belongs to, if it is an execution's file at all. */
export function executionIdOf(path: string): string | null {
  const parts = path.split('/')
  const at = parts.indexOf('executions')
  if (at < 1 || parts.slice(0, at).includes('_files')) return null
  return parts.length > at + 2 ? (parts[at + 1] ?? null) : null
}

function encodePart(part: string): string {
  return encodeURIComponent(part).replace(/%(?:3A|3D|2B|2C|3B|40|26|24)/g, decodeURIComponent)
}

function decodePath(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}
