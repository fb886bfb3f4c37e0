import { type Database, database } from './client'

/** Makes the partitions of the log for the days to come: at start and then daily. Returns how many it made. */
export async function createLogPartitions(db: Database = database()): Promise<number> {
  const [row] = await db.$queryRaw<{ created: number }[]>`select create_log_partitions() as created`
  return row?.created ?? 0
}

const checkEveryMs = 6 * 3600 * 1000

/** Makes them now, and again while this process lives; `report` hears of a time that failed. Returns how to stop. */
export function keepLogPartitions(db: Database, report: (error: unknown) => void): () => void {
  const make = () => createLogPartitions(db).catch(report)
  void make()
  const timer = setInterval(make, checkEveryMs)
  return () => clearInterval(timer)
}
