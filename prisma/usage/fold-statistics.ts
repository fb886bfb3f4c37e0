import type { ScopedDb } from '../tenant-db'

const atOnce = 10_000

/** Moves how executions ended into the slots that dashboards read. Safe with any number of callers. */
export async function foldStatistics(db: ScopedDb): Promise<void> {
  for (;;) {
    const [row] = await db.$queryRaw<{ folded: number }[]>`select fold_statistics(${atOnce}::int) as folded`
    if ((row?.folded ?? 0) < atOnce) return
  }
}
