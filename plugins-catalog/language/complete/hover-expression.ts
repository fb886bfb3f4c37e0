import type { Catalog } from '../catalog'
import { documentCallable } from './callables'
import { chainBefore } from './position'
import { scan, spanAt, type Word } from './scan'
import { situationAt } from './situation'
import { documentKey, documentRoot } from './variables'

export type Hover = {
  start: number
  end: number
  /** Markdown. */
  documentation: string
}

/** What is to be told of the function, filter, test or variable at an offset within an expression; null where nothing is. */
export function hoverExpression(text: string, offset: number, catalog: Catalog): Hover | null {
  const span = spanAt(text, offset)
  if (span === null) return null
  const words = scan(text, span, span.isClosed ? span.end - 2 : span.end)
  const at = words.findIndex(
    ({ start, end, type }) => start <= offset && offset <= end && (type === 'name' || type === 'string'),
  )
  const word = words[at]
  if (word === undefined) return null
  const documentation = documentCall(words, at) ?? documentVariable()
  return documentation === undefined ? null : { start: word.start, end: word.end, documentation }

  function documentVariable(): string | undefined {
    const path = chainBefore(word!.type === 'string' ? words.slice(0, at + 2) : words.slice(0, at + 1))
    if (path === null) return undefined
    if (path.length === 1) return documentRoot(path[0]!)
    const situation = situationAt(text, span!, catalog)
    return situation === null ? undefined : documentKey(situation, path)
  }
}

function documentCall(words: readonly Word[], at: number): string | undefined {
  const { text, type } = words[at]!
  if (type !== 'name') return undefined
  const [before, earlier] = [words[at - 1]?.text, words[at - 2]?.text]
  if (before === '|') return documentCallable('filter', text)
  if (before === 'is' || (before === 'not' && earlier === 'is')) return documentCallable('test', text)
  return words[at + 1]?.text === '(' && before !== '.' ? documentCallable('function', text) : undefined
}
