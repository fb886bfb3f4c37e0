import { StoragePathRefused } from './storage'

/** S3's limit of a key is 1,024 bytes; the tenant and the installation's prefix need room, too. */
const maxPathBytes = 800
const maxPartBytes = 255

/** `a//b/./c` -> `a/b/c`; refuses what could leave the tenant's folder or no storage can hold. */
export function normalizePath(path: string): string {
  const normal = normalizeFolder(path)
  if (normal === '') throw new StoragePathRefused(path, 'it is empty')
  return normal
}

/** As `normalizePath`; the empty path is the tenant's whole folder. */
export function normalizeFolder(path: string): string {
  if (path.startsWith('/')) throw new StoragePathRefused(path, 'it is absolute')
  if (path.includes('\\')) throw new StoragePathRefused(path, 'it holds a backslash')
  if (hasControlCharacter(path)) throw new StoragePathRefused(path, 'it holds a control character')
  const parts = path.split('/').filter(part => part !== '' && part !== '.')
  if (parts.includes('..')) throw new StoragePathRefused(path, 'it climbs with ..')
  if (parts.some(part => Buffer.byteLength(part) > maxPartBytes)) {
    throw new StoragePathRefused(path, `a name is longer than ${maxPartBytes} bytes`)
  }
  const normal = parts.join('/')
  if (Buffer.byteLength(normal) > maxPathBytes) {
    throw new StoragePathRefused(path, `it is longer than ${maxPathBytes} bytes`)
  }
  return normal
}

/** The folder of a tenant: its id as it is, which must not be able to mean anything else. */
export function tenantFolder(tenantId: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/.test(tenantId)) throw new StoragePathRefused(tenantId, 'no id of a tenant')
  return tenantId
}

function hasControlCharacter(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code < 0x20 || code === 0x7f) return true
  }
  return false
}
