/** How many executions took how long: by the number of the class, as `duration_class` of migration 0090 gives it. */
export type DurationClasses = Map<number, number>

/** Class n ends at this to the power of n, in milliseconds. */
const ratio = 1.2

/**
 * The duration that a share of the executions did not exceed: the middle of its class, so within a tenth of the truth.
 * Undefined where none ran.
 *
 * @example quantileMs(new Map([[10, 1], [20, 99]]), 0.5) -> 35
 */
export function quantileMs(classes: DurationClasses, share: number): number | undefined {
  const ran = [...classes].filter(([number, count]) => number >= 0 && count > 0).sort(([a], [b]) => a - b)
  const total = ran.reduce((sum, [, count]) => sum + count, 0)
  let seen = 0
  for (const [number, count] of ran) {
    seen += count
    if (seen >= total * share) return Math.round(ratio ** (number === 0 ? 0 : number - 0.5))
  }
  return undefined
}
