import type { Client } from '@temporalio/client'
import pg from 'pg'

/** All that stands in the tables of a database, a line for each row; as its owner, so that nothing is left out. */
export async function readAllRows(databaseUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select quote_ident(tablename) as name from pg_tables where schemaname in ('public', 'log_partitions')`,
    )
    const texts: string[] = []
    for (const { name } of tables) {
      const from = name.startsWith('log_') ? `log_partitions.${name}` : name
      const { rows } = await client.query<{ row: string }>(`select to_json(t)::text as row from ${from} t`)
      texts.push(...rows.map(({ row }) => row))
    }
    return texts.join('\n')
  } finally {
    await client.end()
  }
}

/** All that Temporal keeps of the workflows of a namespace: names, and each payload as the text that it is. */
export async function readAllHistories(client: Client, workflowIds: readonly string[]): Promise<string> {
  const texts: string[] = []
  for (const id of workflowIds) {
    const history = await client.workflow.getHandle(id).fetchHistory()
    collect(history, texts)
  }
  return texts.join('\n')
}

function collect(value: unknown, into: string[]): void {
  if (typeof value === 'string') into.push(value)
  else if (value instanceof Uint8Array) into.push(Buffer.from(value).toString('utf8'))
  else if (typeof value === 'object' && value !== null) {
    for (const child of Object.values(value)) collect(child, into)
  }
}
