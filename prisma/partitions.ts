import { type Database, database } from './client'

/** Makes the partitions of the log for the days to come: at start and then daily. Returns how many it made. */
export async function createLogPartitions(db: Database = database()): Promise<number> {
  const [row] = await db.$queryRaw<{ created: number }[]>`select create_log_partitions() as created`
  return row?.created ?? 0
}
