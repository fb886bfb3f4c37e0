export type DiffLine = { kind: 'same' | 'added' | 'removed'; text: string; oldLine?: number; newLine?: number }

/** Above this many cells the middle is shown as replaced whole: the table below would take too long. */
const maxCells = 4_000_000

/** Line by line, by the longest common subsequence; equal beginnings and ends cost nothing. */
export function diffLines(oldText: string, newText: string): DiffLine[] {
  const before = oldText.split('\n')
  const after = newText.split('\n')
  let head = 0
  while (head < before.length && head < after.length && before[head] === after[head]) head++
  let tail = 0
  const maxTail = Math.min(before.length, after.length) - head
  while (tail < maxTail && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++

  const middle = diffMiddle(before.slice(head, before.length - tail), after.slice(head, after.length - tail))
  const same = (text: string) => ({ kind: 'same' as const, text })
  return number([...before.slice(0, head).map(same), ...middle, ...before.slice(before.length - tail).map(same)])
}

type Change = { kind: DiffLine['kind']; text: string }

function diffMiddle(before: string[], after: string[]): Change[] {
  const removed = before.map(text => ({ kind: 'removed' as const, text }))
  const added = after.map(text => ({ kind: 'added' as const, text }))
  if (before.length === 0 || after.length === 0 || before.length * after.length > maxCells)
    return [...removed, ...added]
  const lengths = commonLengths(before, after)
  const width = after.length + 1
  const changes: Change[] = []
  let i = 0
  let j = 0
  while (i < before.length && j < after.length) {
    if (before[i] === after[j]) {
      changes.push({ kind: 'same', text: before[i]! })
      i++
      j++
    } else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) changes.push(removed[i++]!)
    else changes.push(added[j++]!)
  }
  return [...changes, ...removed.slice(i), ...added.slice(j)]
}

/** At (i, j): the length of the longest common subsequence of what follows i and j. */
function commonLengths(before: string[], after: string[]): Uint32Array {
  const width = after.length + 1
  const lengths = new Uint32Array((before.length + 1) * width)
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        before[i] === after[j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!)
    }
  }
  return lengths
}

function number(changes: Change[]): DiffLine[] {
  let oldLine = 0
  let newLine = 0
  return changes.map(({ kind, text }) => ({
    kind,
    text,
    ...(kind === 'added' ? {} : { oldLine: ++oldLine }),
    ...(kind === 'removed' ? {} : { newLine: ++newLine }),
  }))
}
