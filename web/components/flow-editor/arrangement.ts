import { isView, type View, viewNames } from './views'

/** How views stand: one alone, or parts beside each other (`columns`) or below each other (`rows`), each split again. */
export type Arrangement = View | Split
export type Split = { along: Along; parts: Arrangement[] }
export type Along = 'columns' | 'rows'
export type Side = 'left' | 'right' | 'up' | 'down'

export const defaultArrangement: Arrangement = { along: 'columns', parts: ['code', 'graph'] }

const alongOf: Record<Side, Along> = { left: 'columns', right: 'columns', up: 'rows', down: 'rows' }
const longestText = 200

/** Parts as one: what is empty falls away, what is alone stands alone, and what is split alike becomes one row of parts. */
export function join(along: Along, parts: readonly (Arrangement | undefined)[]): Arrangement | undefined {
  const flat = parts.flatMap(part => {
    if (part === undefined) return []
    return isView(part) || part.along !== along ? [part] : part.parts
  })
  return flat.length > 1 ? { along, parts: flat } : flat[0]
}

/**
 * Reads `code,graph+docs`: a comma begins the next column, a plus the next row of a column; round brackets hold columns
 * within a row. In an address a plus reads as a space. What is no view, or there twice, falls away.
 */
export function parseArrangement(text: string | null | undefined): Arrangement | undefined {
  const tokens = text?.slice(0, longestText).match(/[a-z]+|[(),+ ]/g) ?? []
  const seen = new Set<View>()
  let at = 0

  function takes(...signs: string[]): boolean {
    const isThere = signs.includes(tokens[at] ?? '')
    if (isThere) at++
    return isThere
  }
  function columns(): Arrangement | undefined {
    const parts = [rows()]
    while (takes(',')) parts.push(rows())
    return join('columns', parts)
  }
  function rows(): Arrangement | undefined {
    const parts = [part()]
    while (takes('+', ' ')) parts.push(part())
    return join('rows', parts)
  }
  function part(): Arrangement | undefined {
    if (takes('(')) {
      const inner = columns()
      takes(')')
      return inner
    }
    const name = tokens[at]
    if (name === undefined || !/[a-z]/.test(name)) return undefined
    at++
    if (!isView(name) || seen.has(name)) return undefined
    seen.add(name)
    return name
  }
  return columns()
}

/** The text that `parseArrangement` reads. */
export function formatArrangement(arrangement: Arrangement): string {
  if (isView(arrangement)) return arrangement
  const { along, parts } = arrangement
  if (along === 'columns') return parts.map(formatArrangement).join(',')
  return parts.map(part => (isView(part) ? part : `(${formatArrangement(part)})`)).join('+')
}

/** From left to right, and from top to bottom. */
export function viewsOf(arrangement: Arrangement): View[] {
  return isView(arrangement) ? [arrangement] : arrangement.parts.flatMap(viewsOf)
}

/** Undefined where nothing is left. */
export function withoutView(arrangement: Arrangement, view: View): Arrangement | undefined {
  if (isView(arrangement)) return arrangement === view ? undefined : arrangement
  return join(
    arrangement.along,
    arrangement.parts.map(part => withoutView(part, view)),
  )
}

/** After one view was switched: a new one is a column before the one that usually follows it; the last one stays. */
export function toggleView(arrangement: Arrangement, view: View): Arrangement {
  if (viewsOf(arrangement).includes(view)) return withoutView(arrangement, view) ?? view
  const columns = isView(arrangement) || arrangement.along === 'rows' ? [arrangement] : arrangement.parts
  const next = columns.findIndex(part => viewsOf(part).every(other => rankOf(other) > rankOf(view)))
  return join('columns', columns.toSpliced(next < 0 ? columns.length : next, 0, view)) ?? view
}

function rankOf(view: View): number {
  return viewNames.indexOf(view)
}

/** Past its neighbour on that side; where it has none, out of the rows or columns that it is in, and at last beside all. */
export function moveView(arrangement: Arrangement, view: View, side: Side): Arrangement {
  const along = alongOf[side]
  const isBefore = side === 'left' || side === 'up'
  return moveWithin(arrangement) ?? beside(arrangement) ?? arrangement

  function moveWithin(within: Arrangement): Arrangement | undefined {
    if (isView(within)) return undefined
    const { parts } = within
    const index = parts.findIndex(part => viewsOf(part).includes(view))
    const part = parts[index]
    if (part === undefined) return undefined
    const moved = moveWithin(part)
    if (moved) return join(within.along, parts.with(index, moved))
    if (within.along !== along) return undefined
    if (part !== view) return join(along, parts.with(index, beside(part) ?? part))
    const to = index + (isBefore ? -1 : 1)
    if (to < 0 || to >= parts.length) return undefined
    return join(along, parts.toSpliced(index, 1).toSpliced(to, 0, view))
  }
  function beside(others: Arrangement): Arrangement | undefined {
    const rest = withoutView(others, view)
    return join(along, isBefore ? [view, rest] : [rest, view])
  }
}

/** Out of where it is, and directly below another view. */
export function putBelow(arrangement: Arrangement, view: View, other: View): Arrangement {
  const rest = withoutView(arrangement, view)
  return (rest && replace(rest)) ?? arrangement

  function replace(part: Arrangement): Arrangement | undefined {
    if (part === other) return join('rows', [other, view])
    return isView(part) ? part : join(part.along, part.parts.map(replace))
  }
}

export type Move = { kind: Side } | { kind: 'below'; other: View }

/** What can be done with a view, each with what comes of it: nothing that changes nothing, and nothing twice. */
export function movesOf(arrangement: Arrangement, view: View): (Move & { next: Arrangement })[] {
  const sides: Side[] = ['left', 'right', 'up', 'down']
  const moves = [
    ...sides.map(kind => ({ kind, next: moveView(arrangement, view, kind) })),
    ...viewsOf(arrangement)
      .filter(other => other !== view)
      .map(other => ({ kind: 'below' as const, other, next: putBelow(arrangement, view, other) })),
  ]
  const texts = moves.map(({ next }) => formatArrangement(next))
  const now = formatArrangement(arrangement)
  return moves.filter((_move, index) => texts[index] !== now && texts.indexOf(texts[index] ?? '') === index)
}
