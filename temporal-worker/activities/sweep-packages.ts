/** Packages that tasks keep for later ones are made anew at any time: those that nobody uses, or that are too many, go. */
import { lstat, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Storage } from '#db/storage'
import { namespaceCacheFolder } from '#db/storage/uri'
import { usedMark } from './task-storage'

export type KeptLimits = {
  unusedMs: number
  /** Of all that a tenant keeps. */
  bytes: number
  /** What was used within may be in use: it stays, however large. */
  inUseMs: number
}

const dayMs = 24 * 3600 * 1000
export const packageLimits: KeptLimits = { unusedMs: 30 * dayMs, bytes: 5 * 1024 ** 3, inUseMs: dayMs }

export type Kept = { path: string; bytes: number; usedAtMs: number }

/** The paths of what is to go: what was not used for long; of the rest the oldest, until it is little enough. */
export function chooseUnkept(kept: Kept[], nowMs: number, limits: KeptLimits = packageLimits): string[] {
  let bytes = kept.reduce((sum, item) => sum + item.bytes, 0)
  const gone: string[] = []
  for (const item of kept.toSorted((a, b) => a.usedAtMs - b.usedAtMs)) {
    const ageMs = nowMs - item.usedAtMs
    if (ageMs < limits.unusedMs && (bytes <= limits.bytes || ageMs < limits.inUseMs)) continue
    gone.push(item.path)
    bytes -= item.bytes
  }
  return gone
}

/** Of one tenant, in the internal storage; tells how many went. */
export async function sweepArchives(given: {
  storage: Storage
  tenantId: string
  namespaces: string[]
  nowMs: number
  limits?: KeptLimits
}): Promise<number> {
  const { storage, tenantId, namespaces, nowMs, limits } = given
  const kept = new Map<string, Kept>()
  for (const namespace of namespaces) {
    for await (const { path, size, modifiedAt } of storage.list(
      tenantId,
      `${namespaceCacheFolder(namespace)}/python`,
    )) {
      const archive = path.endsWith(usedMark) ? path.slice(0, -usedMark.length) : path
      const { bytes = 0, usedAtMs = 0 } = kept.get(archive) ?? {}
      kept.set(archive, { path: archive, bytes: bytes + size, usedAtMs: Math.max(usedAtMs, modifiedAt.getTime()) })
    }
  }
  const gone = chooseUnkept([...kept.values()], nowMs, limits)
  for (const path of gone) {
    await storage.delete(tenantId, path)
    await storage.delete(tenantId, path + usedMark)
  }
  return gone.length
}

/** On this machine, where each tenant has a folder of `cacheDir`; tells how many went. */
export async function sweepFolders(cacheDir: string, nowMs: number, limits?: KeptLimits): Promise<number> {
  const root = join(cacheDir, 'python')
  let removed = 0
  for (const tenant of await readdir(root).catch(() => [])) {
    const kept: Kept[] = []
    for (const name of await readdir(join(root, tenant)).catch(() => [])) {
      const path = join(root, tenant, name)
      const usedAtMs = (await lstat(path).catch(() => undefined))?.mtimeMs
      if (usedAtMs !== undefined) kept.push({ path, bytes: await bytesOf(path), usedAtMs })
    }
    const gone = chooseUnkept(kept, nowMs, limits)
    for (const path of gone) await rm(path, { recursive: true, force: true })
    removed += gone.length
  }
  return removed
}

async function bytesOf(folder: string): Promise<number> {
  let bytes = 0
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])) {
    if (entry.isFile()) bytes += (await lstat(join(entry.parentPath, entry.name)).catch(() => ({ size: 0 }))).size
  }
  return bytes
}
