import type { Catalog } from '../catalog'
import { argumentItems, callableItems, keywordItems } from './callables'
import type { CompletionItem } from './items'
import { localItems } from './locals'
import { type Position, positionAt } from './position'
import { type Span, spanAt } from './scan'
import { type Situation, situationAt } from './situation'
import { keyItems, rootItems } from './variables'

export type Completion = {
  /** What is typed already, and is replaced. */
  start: number
  end: number
  items: CompletionItem[]
  /** The text to be the name of a secret, or the key of an entry: its names are not the flow's to know. */
  names?: 'secret' | 'kv'
}

/**
 * What may be written at an offset of a flow's text, within `{{ }}` or `{% %}`; null outside of them. The text may be half
 * typed, and needn't be a flow. Never throws.
 */
export function completeExpression(text: string, offset: number, catalog: Catalog): Completion | null {
  const span = spanAt(text, offset)
  if (span === null || offset < span.start + 2) return null
  const position = positionAt(text, span, offset)
  const { wanted, start } = position
  const end = endOfWord(text, offset)
  if (wanted.kind === 'nothing') return null
  if (wanted.kind === 'text') {
    const names = wanted.callee === 'secret' || wanted.callee === 'kv' ? wanted.callee : undefined
    return names === undefined ? null : { start, end, items: [], names }
  }
  const situation = needsFlow(position) ? situationAt(text, span, catalog) : null
  return { start, end, items: itemsFor(position, situation, { text, span, offset }) }
}

function needsFlow({ wanted }: Position): boolean {
  return wanted.kind === 'value' || wanted.kind === 'key'
}

function itemsFor(
  position: Position,
  situation: Situation | null,
  place: { text: string; span: Span; offset: number },
): CompletionItem[] {
  const { wanted, call } = position
  switch (wanted.kind) {
    case 'filter':
      return callableItems('filter')
    case 'test':
      return callableItems('test')
    case 'tag':
      return keywordItems('tags')
    case 'operator':
      return keywordItems('operators')
    case 'key':
      return situation === null
        ? []
        : keyItems(situation, wanted.path).map(item => asKey(item, wanted.in, position.start, place.text))
    case 'value': {
      const named = call === undefined ? [] : argumentItems(call.name, call.isFilter)
      const variables = situation === null ? [] : [...localItems(situation, place), ...rootItems(situation)]
      return [...named, ...variables, ...callableItems('function'), ...keywordItems('values')]
    }
    default:
      return []
  }
}

/** A key behind a dot or between brackets; what is no name can't stand behind a dot. */
function asKey(
  item: CompletionItem,
  where: 'dot' | 'brackets' | 'quotes',
  start: number,
  text: string,
): CompletionItem {
  const isName = /^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(item.label)
  if (where === 'quotes') return item
  if (where === 'brackets') return { ...item, insert: quotedFor(text, start, item.label) }
  if (isName) return item
  const dot = text.lastIndexOf('.', start)
  return { ...item, insert: `[${quotedFor(text, start, item.label)}]`, start: dot }
}

/** In quotes that don't end the YAML text around. */
function quotedFor(text: string, offset: number, label: string): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset)
  const around = /^[^"'#]*?(?::\s+|-\s+)(["'])/.exec(line)?.[1]
  return around === "'" ? `"${label}"` : `'${label}'`
}

function endOfWord(text: string, offset: number): number {
  return offset + /^[\p{L}\p{Nd}_]*/u.exec(text.slice(offset, offset + 200))![0].length
}
