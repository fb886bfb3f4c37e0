import { AppError } from '../../errors/app-error'
import { findExecutionFile } from '../../executions/execution-file'
import { storage } from '../../storage'
import { attachmentResponse } from '../attachment'
import type { ScopedCall } from '../raw-routes'

/** Streams a file of an execution. */
export async function downloadFile({ scope, params, url, request }: ScopedCall): Promise<Response> {
  const path = url.searchParams.get('path')
  if (path === null) throw new AppError('BAD_REQUEST', 'path: the kestra:/// address of the file is missing')
  const file = await findExecutionFile(scope, { id: params.id ?? '', path })
  const content = await storage().open(scope.tenantId, file.path)
  const name = file.path.slice(file.path.lastIndexOf('/') + 1)
  return attachmentResponse(content, { name, size: file.size }, request.signal)
}
