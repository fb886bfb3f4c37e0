/** The value of one cookie of a `Cookie` header. */
export function parseCookie(header: string, name: string): string | null {
  for (const pair of header.split(';')) {
    const separator = pair.indexOf('=')
    if (separator > 0 && pair.slice(0, separator).trim() === name) return pair.slice(separator + 1).trim()
  }
  return null
}
