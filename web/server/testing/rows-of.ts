import pg from 'pg'

/**
 * A sum of what each table holds of a tenant; left out is what others cause by asking: refusals in the audit log, and when
 * a token was last seen.
 */
export async function rowsOf(tenantId: string): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await client.connect()
  try {
    await client.query(`select set_config('app.tenant', $1, false)`, [tenantId])
    const { rows: tables } = await client.query<{ name: string }>(`
      select c.table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
      where c.table_schema = 'public' and c.column_name = 'tenant_id' and t.table_type = 'BASE TABLE'
        and c.table_name not in ('audit_entry', 'audit_head')
      order by 1`)
    const sums: Record<string, string> = {}
    for (const { name } of tables) {
      const { rows } = await client.query<{ sum: string }>(
        `select count(*) || ' ' || coalesce(md5(string_agg(row, '|' order by row)), '') as sum
         from (select (to_jsonb(t) - 'last_used_at')::text as row from "${name}" t where tenant_id = $1) rows`,
        [tenantId],
      )
      sums[name] = rows[0]?.sum ?? ''
    }
    return sums
  } finally {
    await client.end()
  }
}
