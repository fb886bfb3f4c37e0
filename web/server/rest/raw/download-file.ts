import { Readable } from 'node:stream'
import { AppError } from '../../errors/app-error'
import { findExecutionFile } from '../../executions/execution-file'
import { storage } from '../../storage'
import type { ScopedCall } from '../raw-routes'

/** Streams a file. Whatever is in it, no browser shows it as a page of ours. */
export async function downloadFile({ scope, params, url, request }: ScopedCall): Promise<Response> {
  const path = url.searchParams.get('path')
  if (path === null) throw new AppError('BAD_REQUEST', 'path: the kestra:/// address of the file is missing')
  const file = await findExecutionFile(scope, { id: params.id ?? '', path })
  const content = await storage().open(scope.tenantId, file.path)
  request.signal.addEventListener('abort', () => content.destroy(), { once: true })
  return new Response(Readable.toWeb(content) as ReadableStream<Uint8Array>, {
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': String(file.size),
      'content-disposition': attachment(file.path.slice(file.path.lastIndexOf('/') + 1)),
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    },
  })
}

/** RFC 6266: an ASCII name for old clients, the real one beside it. */
export function attachment(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\]/g, '_')
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    part => `%${part.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
