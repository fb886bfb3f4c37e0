import { type DuckDBResult, type DuckDBValue, ResultReturnType } from '@duckdb/node-api'
import type { Json, JsonObject } from '#language/json'
import { type Row, setOwn } from '../../../../rows/values'
import { replaceParameters, type Statement, splitStatements } from '../../shared/split-statements'
import { toStatementError } from '../../shared/statement-error'
import type { Database } from './database'
import { isBuiltInExtension } from './extensions'
import { toRowValue } from './row-values'

export type StatementRun = {
  sql: string
  parameters?: JsonObject
  signal: AbortSignal
  /** Called with the rows of each statement that returns some, before the next statement runs. */
  onRows(batches: AsyncIterable<Row[]>, index: number): Promise<void>
}

const confinedHint =
  '\nTasks reach only files of their working directory: name the file in inputFiles and read ' +
  "'{{ workingDir }}/<name>'"

/** Runs the statements of a text one after another; stops at the first that fails, or at the signal. */
export async function runStatements(database: Database, run: StatementRun): Promise<void> {
  const { connection, builtIn } = database
  const interrupt = () => connection.interrupt()
  run.signal.throwIfAborted()
  run.signal.addEventListener('abort', interrupt)
  try {
    let index = 0
    let number = 0
    for (const statement of splitStatements(run.sql)) {
      number++
      try {
        if (isBuiltInExtension(statement.text, builtIn)) continue
        const result = await start(database, statement, run.parameters ?? {})
        if (result.returnType === ResultReturnType.QUERY_RESULT) await run.onRows(readBatches(result), index++)
      } catch (error) {
        run.signal.throwIfAborted()
        throw toStatementError(error, statement, number, hintOf(error))
      }
      run.signal.throwIfAborted()
    }
  } finally {
    run.signal.removeEventListener('abort', interrupt)
  }
}

async function start({ connection }: Database, statement: Statement, parameters: JsonObject): Promise<DuckDBResult> {
  const used: Record<string, DuckDBValue> = {}
  const sql = replaceParameters(statement.text, Object.keys(parameters), name => {
    used[name] = toParameter(parameters[name] ?? null)
    return `$${name}`
  })
  return connection.stream(sql, Object.keys(used).length > 0 ? used : undefined)
}

/** Lists and maps go as JSON text, which SQL can read by `from_json` or `::JSON`. */
function toParameter(value: Json): DuckDBValue {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
}

async function* readBatches(result: DuckDBResult): AsyncGenerator<Row[]> {
  const names = result.deduplicatedColumnNames()
  for await (const rows of result.yieldRows()) yield rows.map(values => toRow(names, values))
}

function toRow(names: string[], values: DuckDBValue[]): Row {
  const row: Row = {}
  for (const [index, name] of names.entries()) setOwn(row, name, toRowValue(values[index]))
  return row
}

function hintOf(error: unknown): string {
  return error instanceof Error && error.message.includes('disabled by configuration') ? confinedHint : ''
}
