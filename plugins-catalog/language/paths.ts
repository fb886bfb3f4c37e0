import type { Path } from './check/problem'
import { isJsonObject, type Json } from './json'

/** The value at a path; undefined where nothing is. Own properties only. */
export function valueAt(value: Json | undefined, path: Path): Json | undefined {
  let at = value
  for (const part of path) {
    if (Array.isArray(at) && typeof part === 'number') at = at[part]
    else if (isJsonObject(at) && Object.hasOwn(at, part)) at = at[part]
    else return undefined
  }
  return at
}

export function startsWith(path: Path, start: Path): boolean {
  return start.every((part, index) => path[index] === part)
}

export function isSamePath(a: Path, b: Path): boolean {
  return a.length === b.length && startsWith(a, b)
}
