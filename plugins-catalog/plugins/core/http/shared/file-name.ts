const maxNameBytes = 200

/** A name for what was downloaded: from `Content-Disposition`, else the last part of the address. */
export function fileNameOf(disposition: string | null, url: string): string {
  return cleanName(fromDisposition(disposition) ?? fromUrl(url)) || 'download'
}

/** A name that any storage and any file system takes. */
export function cleanName(name: string): string {
  const base = name.split(/[/\\]/).at(-1) ?? ''
  let clean = [...base].filter(char => char >= ' ' && char !== '\x7f').join('')
  if (/^\.+$/.test(clean)) return ''
  while (Buffer.byteLength(clean) > maxNameBytes) clean = [...clean].slice(1).join('')
  return clean
}

/** RFC 6266: `filename*` (encoded) counts before `filename`. */
function fromDisposition(header: string | null): string | null {
  if (!header) return null
  const encoded = /filename\*\s*=\s*(?:utf-8|iso-8859-1)'[^']*'([^;\s]+)/i.exec(header)?.[1]
  if (encoded !== undefined) return decode(encoded)
  const match = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(header)
  return match ? (match[1]?.replace(/\\(.)/g, '$1') ?? match[2] ?? null) : null
}

function fromUrl(url: string): string {
  if (!URL.canParse(url)) return ''
  return decode(new URL(url).pathname.split('/').at(-1) ?? '')
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
