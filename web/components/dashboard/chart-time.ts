const dayMs = 86_400_000

/** The time under a chart: of day in ranges of a day and less, else the day; in the reader's zone. */
export function tickText(at: string, rangeMs: number): string {
  const date = new Date(at)
  return rangeMs <= dayMs
    ? date.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })
    : date.toLocaleDateString(undefined, { month: 'short', day: 'numeric' })
}

/** From when to when a bar is. */
export function barText(at: string, stepMs: number): string {
  const [from, to] = [new Date(at), new Date(Date.parse(at) + stepMs)]
  const time = { hour: '2-digit', minute: '2-digit' } as const
  const start = from.toLocaleString(undefined, { month: 'short', day: 'numeric', ...time })
  return `${start} – ${to.toLocaleTimeString(undefined, time)}`
}
