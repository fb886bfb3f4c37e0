import { AppError } from '../../errors/app-error'
import { exportFiles } from '../../files/export-files'
import { FilePath, folderOf } from '../../files/file-place'
import { importFiles } from '../../files/import-files'
import { NamespaceId } from '../../schemas'
import { attachmentResponse } from '../attachment'
import type { ScopedCall } from '../raw-routes'
import { readForm } from '../read-form'

/** Streams the files of a namespace, or of the folder of the query, as a zip. */
export async function downloadNamespaceArchive(call: ScopedCall): Promise<Response> {
  const place = placeOf(call)
  const archive = await exportFiles(call.scope, place)
  const name = `${place.path?.split('/').at(-1) ?? place.namespace}.zip`
  return attachmentResponse(archive, { name, type: 'application/zip' }, call.request.signal)
}

/** Unpacks the zip of a form, its part `fileContent`, into the namespace or the folder of the query. */
export async function uploadNamespaceArchive(call: ScopedCall): Promise<Response> {
  const place = placeOf(call)
  // Before anything is read.
  folderOf(place.namespace)
  let results: object[] | undefined
  await readForm(call.request, async ({ name, content }) => {
    if (name !== 'fileContent' || results !== undefined) return undefined
    results = await importFiles(call.scope, place, content)
    return name
  })
  if (results === undefined) throw new AppError('BAD_REQUEST', 'fileContent: the archive is missing in the form')
  return Response.json({ results, total: results.length }, { headers: { 'cache-control': 'no-store' } })
}

function placeOf({ params, url }: ScopedCall): { namespace: string; path: string | undefined } {
  const path = url.searchParams.get('path') || undefined
  return { namespace: NamespaceId.parse(params.namespace), path: path && FilePath.parse(path).replace(/\/+$/, '') }
}
