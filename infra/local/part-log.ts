import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

const maxBytes = 10 * 1024 * 1024

/** Appends the lines of one part of the stack to `<dir>/<name>.log`; a long one is set aside at the next start. */
export function openPartLog(dir: string, name: string): (line: string) => void {
  mkdirSync(dir, { recursive: true })
  const file = join(dir, `${name}.log`)
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size > maxBytes) renameSync(file, `${file}.old`)
  return line => appendFileSync(file, `${line}\n`)
}
