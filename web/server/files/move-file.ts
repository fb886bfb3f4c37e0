import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { storage } from '../storage'
import { noSuchFile, onMissing, storagePathOf } from './file-place'
import { noteFile } from './write-file'

type Move = { namespace: string; from: string; to: string }

/** A folder of more is moved by whoever can wait: with its files as an archive. */
const mostMoved = 1000

/** Gives a file, or a folder with all that is in it, another path. Nothing is overwritten. */
export async function moveFile(scope: Scope, { namespace, from, to }: Move): Promise<{ moved: number }> {
  const { tenantId } = scope
  const source = storagePathOf({ namespace, path: from })
  const target = storagePathOf({ namespace, path: to })
  if (target === source || target.startsWith(`${source}/`))
    throw new AppError('INVALID', `${to} is where it is already`)
  const pairs = (await storage().exists(tenantId, source))
    ? [[source, target] as const]
    : (await pathsIn(tenantId, source)).map(path => [path, `${target}${path.slice(source.length)}`] as const)
  if (pairs.length === 0) throw noSuchFile({ namespace, path: from })
  for (const [, path] of pairs) {
    if (await storage().exists(tenantId, path)) throw new AppError('CONFLICT', `There is a file at ${to} already`)
  }
  await noteFile(scope, 'UPDATE', { namespace, path: `${from} -> ${to}` })
  for (const [old, path] of pairs) {
    const content = await storage()
      .open(tenantId, old)
      .catch(onMissing({ namespace, path: from }))
    await storage().put(tenantId, path, content)
    await storage().delete(tenantId, old)
  }
  return { moved: pairs.length }
}

async function pathsIn(tenantId: string, folder: string): Promise<string[]> {
  const paths: string[] = []
  for await (const { path } of storage().list(tenantId, folder)) {
    paths.push(path)
    if (paths.length > mostMoved) throw new AppError('TOO_LARGE', `A folder of ${mostMoved} files at most can be moved`)
  }
  return paths
}
