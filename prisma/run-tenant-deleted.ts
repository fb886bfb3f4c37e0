import { createDatabase, databaseUrl } from './client'
import { describeDeleted } from './tenant-deleted'

/** `npm run tenant:deleted [-- <tenant>]`: for the operator of an installation. */
const db = createDatabase(databaseUrl(), { maxConnections: 1 })
try {
  for await (const line of describeDeleted(db, process.argv[2])) console.log(line)
} finally {
  await db.$disconnect()
}
