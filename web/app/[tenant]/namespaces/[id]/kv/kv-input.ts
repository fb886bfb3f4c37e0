import type { Json } from '#language/json'
import { namespaceText } from '#text/namespace'
import type { KvType } from '#web/server/kv/kv'

export type KvInput = { value: Json } | { problem: string }

/** What was typed for an entry, as a value of its type; the server checks its form. */
export function readKvInput(type: KvType, text: string): KvInput {
  if (type === 'STRING') return { value: text }
  if (text.trim() === '') return { problem: namespaceText.aValueIsMissing }
  if (type === 'BOOLEAN') return { value: text === 'true' }
  if (type === 'NUMBER') {
    const number = Number(text)
    return Number.isFinite(number) ? { value: number } : { problem: namespaceText.thisIsNoNumber }
  }
  if (type !== 'JSON') return { value: text.trim() }
  try {
    return { value: JSON.parse(text) as Json }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : namespaceText.thisIsNoJson }
  }
}

/** A stored value as the text that one edits. */
export function toKvText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}
