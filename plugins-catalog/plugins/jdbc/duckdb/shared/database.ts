import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { privateFilePrefix, TaskError } from '#language/define-plugin'
import { listBuiltInExtensions } from './extensions'

export type Database = { connection: DuckDBConnection; builtIn: Set<string>; close(): void }

/** Beyond this DuckDB spills to the working directory. */
const limits = { memory_limit: '512MB', threads: '2', max_temp_directory_size: '20GB' }

/** Settings that change how SQL is read or rows are shown, and nothing else. */
const harmlessSettings = [
  ...['TimeZone', 'Calendar', 'default_order', 'default_null_order', 'default_collation', 'preserve_insertion_order'],
  ...['integer_division', 'ieee_floating_point_ops', 'old_implicit_casting', 'preserve_identifier_case'],
  ...['order_by_non_integer_literal', 'scalar_subquery_error_on_multiple_rows', 'enable_progress_bar'],
  ...['pivot_limit', 'pivot_filter_threshold', 'partitioned_write_max_open_files', 'partitioned_write_flush_threshold'],
]

/**
 * Opens a database of its own for one task run: in memory, or on a file of its working directory. It is confined: files
 * are reached only below the working directory, nothing is fetched from the network, and SQL can't lift that.
 */
export async function openDatabase(
  workingDir: string,
  options: { file?: string; timeZone?: string } = {},
): Promise<Database> {
  const instance = await DuckDBInstance.create(options.file ?? ':memory:', {
    ...limits,
    temp_directory: join(workingDir, `${privateFilePrefix}${randomUUID()}`),
    extension_directory: join(workingDir, `${privateFilePrefix}extensions`),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_persistent_secrets: 'false',
  })
  const connection = await instance.connect()
  const close = () => {
    connection.closeSync()
    instance.closeSync()
  }
  try {
    const builtIn = await listBuiltInExtensions(connection)
    await setTimeZone(connection, options.timeZone ?? 'UTC')
    await connection.run(`SET allowed_directories = [${quote(workingDir)}]`)
    await connection.run(`SET allowed_configs = [${harmlessSettings.map(quote).join(', ')}]`)
    await connection.run('SET enable_external_access = false')
    await connection.run('SET lock_configuration = true')
    return { connection, builtIn, close }
  } catch (error) {
    close()
    throw error
  }
}

async function setTimeZone(connection: DuckDBConnection, name: string): Promise<void> {
  await connection.run(`SET TimeZone = ${quote(name)}`).catch(error => {
    throw new TaskError(`timeZoneId: ${name} is no time zone`, { cause: error })
  })
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
