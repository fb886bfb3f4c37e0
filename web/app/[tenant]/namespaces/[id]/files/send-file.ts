import { commonText } from '#text/common'

type Folder = { tenant: string; namespace: string; path?: string }

/** Where the bytes of a namespace's file are read and written. */
export function fileUrl({ tenant, namespace, path }: Folder & { path: string }): string {
  return `/api/v1/${tenant}/namespaces/${namespace}/files?path=${encodeURIComponent(path)}`
}

/** Where the files of a namespace, or of one of its folders, are taken out as a zip, or put in. */
export function archiveUrl({ tenant, namespace, path }: Folder, way: 'export' | 'import'): string {
  const query = path === undefined ? '' : `?path=${encodeURIComponent(path)}`
  return `/api/v1/${tenant}/namespaces/${namespace}/files/${way}${query}`
}

/** Sends a file as it is; rejects with what the server says. */
export async function sendFile(url: string, file: File): Promise<void> {
  const body = new FormData()
  body.append('fileContent', file)
  const response = await fetch(url, { method: 'POST', body })
  if (response.ok) return
  const reply = (await response.json().catch(() => undefined)) as { message?: string } | undefined
  throw new Error(reply?.message ?? commonText.serverDidNotAnswer)
}
