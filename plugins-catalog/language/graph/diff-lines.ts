import type { TextEdit } from './edit'

/** Pairs of lines that are compared at most; beyond that, all between the first and the last difference is one edit. */
const maxPairs = 400_000

/** The edits, in order, that make one text of another: whole lines but for what the first and the last of them share. */
export function diffLines(before: string, after: string): TextEdit[] {
  const old = linesOf(before)
  const now = linesOf(after)
  let head = 0
  while (head < Math.min(old.length, now.length) && old[head] === now[head]) head++
  let tail = 0
  const most = Math.min(old.length, now.length) - head
  while (tail < most && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++
  const removed = old.slice(head, old.length - tail)
  const added = now.slice(head, now.length - tail)
  let at = old.slice(0, head).reduce((sum, line) => sum + line.length, 0)
  return hunks(removed, added).flatMap(({ kept, gone, come }) => {
    const start = at + kept.length
    at = start + gone.length
    return gone === come ? [] : [trimmed(start, gone, come)]
  })
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

/** Text that stays, then what goes and what comes in its place. */
type Hunk = { kept: string; gone: string; come: string }

function hunks(removed: string[], added: string[]): Hunk[] {
  if (removed.length * added.length > maxPairs) return [{ kept: '', gone: removed.join(''), come: added.join('') }]
  const common = commonLengths(removed, added)
  const found: Hunk[] = [{ kept: '', gone: '', come: '' }]
  let i = 0
  let j = 0
  while (i < removed.length || j < added.length) {
    const hunk = found.at(-1)!
    if (i < removed.length && j < added.length && removed[i] === added[j]) {
      const isOpen = hunk.gone === '' && hunk.come === ''
      if (isOpen) hunk.kept += removed[i]
      else found.push({ kept: removed[i]!, gone: '', come: '' })
      i++
      j++
    } else if (j >= added.length || (i < removed.length && common[i + 1]![j]! >= common[i]![j + 1]!))
      hunk.gone += removed[i++]
    else hunk.come += added[j++]
  }
  return found
}

/** Lengths of the longest common subsequence of what follows a pair of lines. */
function commonLengths(a: string[], b: string[]): Uint32Array[] {
  const table = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      table[i]![j] = a[i] === b[j] ? table[i + 1]![j + 1]! + 1 : Math.max(table[i + 1]![j]!, table[i]![j + 1]!)
    }
  }
  return table
}

function trimmed(start: number, gone: string, come: string): TextEdit {
  let head = 0
  while (head < Math.min(gone.length, come.length) && gone[head] === come[head]) head++
  let tail = 0
  const most = Math.min(gone.length, come.length) - head
  while (tail < most && gone[gone.length - 1 - tail] === come[come.length - 1 - tail]) tail++
  return { start: start + head, end: start + gone.length - tail, text: come.slice(head, come.length - tail) }
}
