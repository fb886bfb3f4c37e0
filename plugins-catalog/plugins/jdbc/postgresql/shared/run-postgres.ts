import type pg from 'pg'
import Cursor from 'pg-cursor'
import type { PluginContext } from '#language/define-plugin'
import type { Json, JsonObject } from '#language/json'
import { type Row, setOwn } from '../../../../rows/values'
import { replaceParameters, type Statement, splitStatements } from '../../shared/split-statements'
import { toStatementError } from '../../shared/statement-error'
import { type ConnectionProperties, connect } from './connect'

type PostgresProperties = ConnectionProperties & {
  sql: string
  afterSQL?: string
  parameters?: JsonObject
  fetchSize?: number
  timeZoneId?: string
}

export type OnRows = (batches: AsyncIterable<Row[]>, index: number) => Promise<void>

/** So many rows are in memory at once. */
const defaultFetchSize = 1000

/** Runs all statements on one connection; `onRows` gets the rows of each that returns some, before the next runs. */
export async function runPostgres(
  ctx: PluginContext,
  properties: PostgresProperties,
  options: { isTransaction: boolean; onRows: OnRows; beforeCommit?: (client: pg.Client) => Promise<void> },
): Promise<void> {
  const client = await connect(ctx, properties)
  const cancel = () => void cancelRunning(ctx, properties, client)
  ctx.signal.addEventListener('abort', cancel)
  try {
    await client.query("SELECT set_config('TimeZone', $1, false)", [properties.timeZoneId ?? 'UTC'])
    if (options.isTransaction) await client.query('BEGIN')
    await runStatements(ctx, client, { ...properties, onRows: options.onRows })
    const after = properties.afterSQL
    if (after !== undefined) await runStatements(ctx, client, { ...properties, sql: after, onRows: async () => {} })
    await options.beforeCommit?.(client)
    if (options.isTransaction) await client.query('COMMIT')
  } finally {
    ctx.signal.removeEventListener('abort', cancel)
    // Ends an open transaction, too: what was not committed is undone.
    await client.end().catch(() => {})
  }
}

type StatementRun = { sql: string; parameters?: JsonObject; fetchSize?: number; onRows: OnRows }

async function runStatements(ctx: PluginContext, client: pg.Client, run: StatementRun): Promise<void> {
  let index = 0
  for (const [position, statement] of splitStatements(run.sql).entries()) {
    ctx.signal.throwIfAborted()
    const { text, values } = bind(statement.text, run.parameters ?? {})
    const cursor = client.query(new Cursor<Json[]>(text, values, { rowMode: 'array' }))
    try {
      const first = await read(cursor, run.fetchSize ?? defaultFetchSize)
      if (first.names.length > 0) await run.onRows(readBatches(cursor, first, run.fetchSize), index++)
      await cursor.close()
    } catch (error) {
      // The cursor stays open: closing one that failed never answers, and the connection is ended anyway.
      ctx.signal.throwIfAborted()
      throw toStatementError(error, statement, position + 1, explain(error, statement))
    }
  }
}

/** `:name` -> `$1`; a parameter that is used twice is sent once. Lists and maps go as JSON text. */
function bind(sql: string, parameters: JsonObject): { text: string; values: unknown[] } {
  const used: string[] = []
  const text = replaceParameters(sql, Object.keys(parameters), name => {
    if (!used.includes(name)) used.push(name)
    return `$${used.indexOf(name) + 1}`
  })
  const values = used.map(name => {
    const value = parameters[name] ?? null
    return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
  })
  return { text, values }
}

type Batch = { rows: Json[][]; names: string[] }

function read(cursor: Cursor<Json[]>, count: number): Promise<Batch> {
  return new Promise((resolve, reject) => {
    cursor.read(count, (error, rows, result) => {
      if (error) reject(error)
      else resolve({ rows, names: result.fields.map(({ name }) => name) })
    })
  })
}

async function* readBatches(cursor: Cursor<Json[]>, first: Batch, fetchSize = defaultFetchSize): AsyncGenerator<Row[]> {
  const names = uniqueNames(first.names)
  for (let batch = first; batch.rows.length > 0; batch = await read(cursor, fetchSize)) {
    yield batch.rows.map(values => toRow(names, values))
    if (batch.rows.length < fetchSize) return
  }
}

/** Two columns of one name would hide each other. */
function uniqueNames(names: string[]): string[] {
  return names.map((name, index) => {
    const earlier = names.slice(0, index).filter(other => other === name).length
    return earlier === 0 ? name : `${name}_${earlier}`
  })
}

function toRow(names: string[], values: Json[]): Row {
  const row: Row = {}
  for (const [index, name] of names.entries()) setOwn(row, name, values[index] ?? null)
  return row
}

/** What the server adds: where in the statement, and its own hint. */
function explain(error: unknown, statement: Statement): string {
  const { position, detail, hint } = error as { position?: string; detail?: string; hint?: string }
  const before = position === undefined ? undefined : statement.text.slice(0, Number(position) - 1).split('\n')
  const place = before
    ? ` (line ${statement.line + before.length - 1}, column ${(before.at(-1)?.length ?? 0) + 1})`
    : ''
  return [place, detail && `\n${detail}`, hint && `\nHint: ${hint}`].filter(Boolean).join('')
}

/** Only another connection can stop a statement that runs; without it the server would go on to its end. */
async function cancelRunning(ctx: PluginContext, properties: ConnectionProperties, client: pg.Client): Promise<void> {
  const unstoppable: PluginContext = { ...ctx, signal: new AbortController().signal }
  try {
    const { processID } = client as pg.Client & { processID: number }
    const other = await connect(unstoppable, properties)
    await other.query('SELECT pg_cancel_backend($1)', [processID])
    await other.end()
  } catch (error) {
    ctx.log('WARN', `The running statement could not be cancelled: ${(error as Error).message}`)
    await client.end().catch(() => {})
  }
}
