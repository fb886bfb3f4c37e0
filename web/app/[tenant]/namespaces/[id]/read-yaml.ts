import { parseDocument } from 'yaml'
import type { Json } from '#language/json'
import { namespaceText } from '#text/namespace'

export type ReadYaml = { value: Json } | { problem: string }

/** A text as YAML of a kind: a map or a list; an empty text is an empty one. The problem says where. */
export function readYaml(text: string, kind: 'map' | 'list'): ReadYaml {
  const document = parseDocument(text)
  const [error] = document.errors
  if (error) {
    const [start] = error.linePos ?? []
    const problem = error.message.split('\n')[0] ?? ''
    return { problem: start ? namespaceText.problemAt(start.line, start.col, problem) : problem }
  }
  try {
    const value = document.toJS({ maxAliasCount: 100 }) as Json
    if (value === null || value === undefined) return { value: kind === 'map' ? {} : [] }
    if (kind === 'list' ? Array.isArray(value) : typeof value === 'object' && !Array.isArray(value)) return { value }
    return { problem: kind === 'map' ? namespaceText.writeAMap : namespaceText.writeAList }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : namespaceText.thisIsNoYaml }
  }
}
