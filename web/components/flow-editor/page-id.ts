const tabKey = 'tab'
let id: string | undefined

/** A UUID of this page as it was loaded: another tab and a reload have others. */
export function pageId(): string {
  id ??= createId()
  return id
}

/** A UUID of this tab: it stays over a reload. */
export function tabId(): string {
  try {
    const known = sessionStorage.getItem(tabKey)
    if (known !== null) return known
    sessionStorage.setItem(tabKey, pageId())
  } catch {
    // The browser's storage is closed to us: then a reload is another tab.
  }
  return pageId()
}

/** `crypto.randomUUID` is missing where a page comes by plain HTTP. */
function createId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
