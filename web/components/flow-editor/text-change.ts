/** What stands at `start` gives way to another text; offsets of UTF-16 units. */
export type Change = { start: number; removed: string; inserted: string }

/** The smallest single change from one text to another; undefined where they are the same. */
export function changeBetween(before: string, after: string): Change | undefined {
  if (before === after) return undefined
  const most = Math.min(before.length, after.length)
  let start = 0
  while (start < most && before[start] === after[start]) start++
  let tail = 0
  while (tail < most - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++
  return {
    start,
    removed: before.slice(start, before.length - tail),
    inserted: after.slice(start, after.length - tail),
  }
}

export function withChange(text: string, { start, removed, inserted }: Change): string {
  return text.slice(0, start) + inserted + text.slice(start + removed.length)
}
