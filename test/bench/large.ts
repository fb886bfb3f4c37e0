import type { Api } from './api'
import { memoryOf, resetPeak, timeOnce } from './measure'
import type { Row } from './report'

/** Loops of 10,000 values and more, and the most memory the worker took for each: the aim is less than 1 GiB. */
export async function largeRows(api: Api, worker: number): Promise<Row[]> {
  const loops = [
    ['large-pure', 'ForEach over 10,000, two Returns each'],
    ['large-activity', 'ForEach over 10,000, an activity and a Return each'],
    ['large-loop', 'Loop over a file of 100,000 lines, a Return each'],
    ['large-items', 'ForEachItem over the same, a flow for each ten'],
  ] as const
  const rows: Row[] = []
  for (const [flowId, what] of loops) {
    await resetPeak(worker)
    const ms = await timeOnce(() => api.run(flowId))
    const { peakMiB } = await memoryOf(worker)
    rows.push({ group: 'large', what, unit: 's', value: ms / 1000 })
    rows.push({ group: 'large', what: "worker's peak memory", unit: 'MiB', value: peakMiB })
  }
  return rows
}
