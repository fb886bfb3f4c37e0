import { AppError } from '../../errors/app-error'
import { FilePath, onMissing, storagePathOf } from '../../files/file-place'
import { writeFile } from '../../files/write-file'
import { NamespaceId } from '../../schemas'
import { storage } from '../../storage'
import { attachmentResponse } from '../attachment'
import type { ScopedCall } from '../raw-routes'
import { readForm } from '../read-form'

/** Streams a file of a namespace. */
export async function downloadNamespaceFile(call: ScopedCall): Promise<Response> {
  const { scope, request } = call
  const place = placeOf(call)
  const path = storagePathOf(place)
  const { size } = await storage().stat(scope.tenantId, path).catch(onMissing(place))
  const content = await storage().open(scope.tenantId, path).catch(onMissing(place))
  const name = place.path.slice(place.path.lastIndexOf('/') + 1)
  return attachmentResponse(content, { name, size }, request.signal)
}

/** Stores the one file of a form, its part `fileContent`, under the path of the query. */
export async function uploadNamespaceFile(call: ScopedCall): Promise<Response> {
  const place = placeOf(call)
  // Before anything is read.
  storagePathOf(place)
  let stored: object | undefined
  await readForm(call.request, async ({ name, content }) => {
    if (name !== 'fileContent' || stored !== undefined) return undefined
    stored = await writeFile(call.scope, place, content)
    return place.path
  })
  if (stored === undefined) throw new AppError('BAD_REQUEST', 'fileContent: the file is missing in the form')
  return Response.json(stored, { headers: { 'cache-control': 'no-store' } })
}

function placeOf({ params, url }: ScopedCall): { namespace: string; path: string } {
  const path = url.searchParams.get('path')
  if (path === null || path === '') throw new AppError('BAD_REQUEST', 'path: which file is missing, as ?path=dir/name')
  return { namespace: NamespaceId.parse(params.namespace), path: FilePath.parse(path) }
}
