import { appendAudit } from '../../audit/note-denied'
import { exportTenant as createExport } from '../../tenants/export-tenant'
import { attachmentResponse } from '../attachment'
import type { ScopedCall } from '../raw-routes'

/** Streams the archive of a tenant; that it was taken is in the audit log. */
export async function exportTenant({ scope, request }: ScopedCall): Promise<Response> {
  await appendAudit(scope.wholeDb, { action: 'EXPORT', permission: 'TENANT:UPDATE', target: scope.tenant })
  const day = new Date().toISOString().slice(0, 10)
  const name = `${scope.tenant}-${day}.tar.gz`
  return attachmentResponse(createExport(scope), { name, type: 'application/gzip' }, request.signal)
}
