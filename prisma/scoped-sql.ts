import pg from 'pg'

/** SQL of a hot path. Prepared once per connection under its name, so a name stands for one text. */
export type Statement = { name: string; text: string; values: readonly Value[] }

export type Value = string | number | boolean | null | readonly (string | number)[]

/** What row-level security compares with (migrations 0002 and 0050), and who is to stand in the audit log. */
type Setting = 'app.tenant' | 'app.namespaces' | 'app.actor' | 'app.user' | 'app.token_hash' | 'app.invitation_hash'
export type Settings = Partial<Record<Setting, string>>

/** Names of the statements that a connection has prepared. */
const prepared = new WeakMap<pg.PoolClient, Set<string>>()

/**
 * Runs statements in one transaction under settings of row-level security; the rows of each. For what passes with
 * each request: all of it is one message to Postgres and one back, which costs a fraction of the same through Prisma.
 */
export async function runScoped(
  pool: pg.Pool,
  settings: Settings,
  statements: readonly Statement[],
): Promise<unknown[][]> {
  const client = await pool.connect()
  let failure: Error | undefined
  try {
    const results = await send(client, [
      ...prepare(client, statements),
      // They end with the transaction, so that no other request inherits them.
      `SELECT ${Object.entries(settings).map(([name, value]) => `set_config('${name}', ${pg.escapeLiteral(value)}, true)`)}`,
      ...statements.map(execute),
    ])
    return results.slice(-statements.length).map(({ rows }) => rows as unknown[])
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error))
    throw error
  } finally {
    // What a failed connection has prepared is not known any more: it is thrown away.
    client.release(failure)
  }
}

/** Postgres runs the commands of one message as one transaction. */
async function send(client: pg.PoolClient, commands: string[]): Promise<pg.QueryResult[]> {
  return (await client.query(commands.join(';\n'))) as unknown as pg.QueryResult[]
}

function prepare(client: pg.PoolClient, statements: readonly Statement[]): string[] {
  const names = prepared.get(client) ?? new Set()
  prepared.set(client, names)
  const commands: string[] = []
  for (const { name, text } of statements) {
    if (names.has(name)) continue
    names.add(name)
    commands.push(`PREPARE ${pg.escapeIdentifier(name)} AS ${text}`)
  }
  return commands
}

function execute({ name, values }: Statement): string {
  const list = values.length === 0 ? '' : `(${values.map(toLiteral).join(', ')})`
  return `EXECUTE ${pg.escapeIdentifier(name)}${list}`
}

/** Literals have no type of their own: they take that of the parameter. */
function toLiteral(value: Value): string {
  if (value === null) return 'NULL'
  const text = typeof value === 'object' ? toArrayText(value) : String(value)
  // It would end the message early.
  if (text.includes('\0')) throw new Error('Postgres stores no NUL characters')
  return pg.escapeLiteral(text)
}

/** An array as Postgres writes it. */
export function toArrayText(items: readonly (string | number)[]): string {
  return `{${items.map(toItem).join(',')}}`
}

function toItem(item: string | number): string {
  return `"${String(item).replace(/["\\]/g, '\\$&')}"`
}
