import type { ScopedDb } from '../tenant-db'

const atOnce = 10_000

/** Moves what executions have left in the ledger into its days and months. Safe with any number of callers. */
export async function foldUsage(db: ScopedDb): Promise<void> {
  for (;;) {
    const [row] = await db.$queryRaw<{ folded: number }[]>`select fold_usage(${atOnce}::int) as folded`
    if ((row?.folded ?? 0) < atOnce) return
  }
}
