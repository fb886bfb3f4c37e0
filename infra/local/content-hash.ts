import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const skipped = /(^|\/)(node_modules|\.next|generated|next-env\.d\.ts)(\/|$)|\.test\.tsx?$|\.md$/

/** A hash of the text of files and folders: what was built from them is stale when it differs. */
export function contentHash(root: string, paths: string[]): string {
  const hash = createHash('sha256')
  for (const file of paths.flatMap(path => filesOf(root, path)).sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0')
  }
  return hash.digest('hex').slice(0, 32)
}

function filesOf(root: string, path: string): string[] {
  const stat = statSync(join(root, path), { throwIfNoEntry: false })
  if (!stat) return []
  if (stat.isFile()) return [path]
  return readdirSync(join(root, path), { withFileTypes: true })
    .map(entry => `${path}/${entry.name}`)
    .filter(name => !skipped.test(name))
    .flatMap(name => filesOf(root, name))
}
