import type { JsonObject } from '../json'

/** Gives each node a key made of its id, so that it stays the same wherever the node moves. */
export type Keys = { of(kind: 'task' | 'trigger', written: JsonObject): string }

export function createKeys(): Keys {
  const used = new Map<string, number>()
  return {
    of(kind, written) {
      const key = `${kind}:${idText(written) ?? ''}`
      const count = (used.get(key) ?? 0) + 1
      used.set(key, count)
      return count === 1 && key !== `${kind}:` ? key : `${key}#${count}`
    },
  }
}

/** `id: 12` is the id "12", as everywhere in the language. */
export function idText({ id }: JsonObject): string | undefined {
  if (typeof id === 'string') return id
  return typeof id === 'number' || typeof id === 'boolean' ? String(id) : undefined
}
