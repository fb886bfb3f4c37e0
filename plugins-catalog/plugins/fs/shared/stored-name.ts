import { createHash } from 'node:crypto'
import type { ListedFile } from './new-files'

const maxNameBytes = 200

/** Where a file is stored: under its own name, in a folder that is that of this version of it alone. */
export function storedPath({ id, version }: Pick<ListedFile, 'id' | 'version'>): string {
  const folder = createHash('sha256')
    .update(JSON.stringify([id, version]))
    .digest('hex')
    .slice(0, 12)
  return `${folder}/${storedName(id)}`
}

/** The last part of a path, without what no storage takes. */
export function storedName(path: string): string {
  const last = path.split(/[/\\]/).findLast(part => part !== '') ?? ''
  let clean = [...last].filter(char => char >= ' ' && char !== '\x7f').join('')
  while (Buffer.byteLength(clean) > maxNameBytes) clean = [...clean].slice(1).join('')
  return /^\.*$/.test(clean) ? 'file' : clean
}
