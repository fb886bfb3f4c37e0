/** Whether a value is the address of a file in internal storage. */
export function isFileUri(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('kestra:///')
}

/** The last part of the address. */
export function fileName(uri: string): string {
  const name = uri.slice(uri.lastIndexOf('/') + 1)
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

export function downloadUrl(tenant: string, executionId: string, uri: string): string {
  return `/api/v1/${tenant}/executions/${executionId}/file?path=${encodeURIComponent(uri)}`
}
