import type { CompletionItem } from './items'
import type { Span } from './scan'
import type { Situation } from './situation'

/** How far back names are looked for. */
const reach = 5000
const binding = /\{%-?\s*(for|set)\s+([\p{L}_][\p{L}\p{Nd}_]*)/gu

/** Names that the template itself has bound before. */
export function localItems({ reader }: Situation, { text, span }: { text: string; span: Span }): CompletionItem[] {
  if (reader === undefined) return []
  const before = text.slice(Math.max(0, span.start - reach), span.start)
  const template = before.slice(Math.max(0, before.search(/[^\n]*$/), lastProperty(before)))
  const found = [...template.matchAll(binding)].map(([, tag, name]) => [name!, tag!] as const)
  const names = new Map(found.some(([, tag]) => tag === 'for') ? [...found, ['loop', 'for'] as const] : found)
  return [...names].map(([label, tag]) => ({
    label,
    kind: 'variable',
    detail: `{% ${tag} %}`,
    documentation: 'Bound by this template.',
    insert: label,
  }))
}

/** Where the block text that the expression stands in begins: behind the last `name: |`. */
function lastProperty(before: string): number {
  const heads = [...before.matchAll(/^[ -]*[\w.-]+:[ \t]*[|>][-+\d]*[ \t]*$/gm)]
  return heads.at(-1)?.index ?? before.length
}
