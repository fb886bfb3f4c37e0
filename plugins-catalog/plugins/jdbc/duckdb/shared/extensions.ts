import type { DuckDBConnection } from '@duckdb/node-api'
import { TaskError } from '#language/define-plugin'

const statement = /^(?:FORCE\s+)?(INSTALL|LOAD)\s+(['"]?)([^'"\s]+)\2(?:\s+FROM\s+\S+)?(?:\s+VERSION\s+\S+)?$/i

/** Names of the extensions that are part of this DuckDB. */
export async function listBuiltInExtensions(connection: DuckDBConnection): Promise<Set<string>> {
  const reader = await connection.runAndReadAll('SELECT extension_name FROM duckdb_extensions() WHERE loaded')
  return new Set(reader.getRows().map(([name]) => String(name)))
}

/**
 * Whether a statement installs or loads an extension that is built in: there is nothing to do. Flows install `json` by
 * habit; a download at run time is refused, for it would run foreign native code in the worker.
 */
export function isBuiltInExtension(sql: string, builtIn: Set<string>): boolean {
  const match = statement.exec(sql.trim())
  const [, verb = '', , name = ''] = match ?? []
  if (!match) return false
  if (builtIn.has(name.toLowerCase())) return true
  throw new TaskError(
    `${verb.toUpperCase()} ${name}: the DuckDB extension "${name}" is not built in, and tasks can't add any. ` +
      `Built in are: ${[...builtIn].sort().join(', ')}`,
  )
}
