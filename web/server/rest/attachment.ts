import { Readable } from 'node:stream'

/** A file of a user as a reply: whatever is in it, no browser shows it as a page of ours. */
export function attachmentResponse(
  content: Readable,
  { name, size, type = 'application/octet-stream' }: { name: string; size?: number; type?: string },
  signal: AbortSignal,
): Response {
  signal.addEventListener('abort', () => content.destroy(), { once: true })
  return new Response(Readable.toWeb(content) as ReadableStream<Uint8Array>, {
    headers: {
      'content-type': type,
      ...(size === undefined ? {} : { 'content-length': String(size) }),
      'content-disposition': attachment(name),
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
