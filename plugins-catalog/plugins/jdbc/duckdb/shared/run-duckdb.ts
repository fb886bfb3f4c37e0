import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { z } from 'zod'
import { type PluginContext, privateFilePrefix, TaskError } from '#language/define-plugin'
import type { JsonObject } from '#language/json'
import { writeInputFiles } from '../../../scripts/shared/input-files'
import { type Database, openDatabase } from './database'
import type { duckdbProperties } from './properties'
import { runStatements, type StatementRun } from './run-statements'

export type DuckdbProperties = z.output<z.ZodObject<typeof duckdbProperties>>

const databaseName = 'database.duckdb'

/** Prepares the working directory and the database, runs the SQL, and keeps the files it was asked to keep. */
export async function runDuckdb(
  ctx: PluginContext,
  properties: DuckdbProperties,
  onRows: StatementRun['onRows'],
): Promise<JsonObject> {
  checkUrl(properties.url)
  const workingDir = await ctx.workingDir()
  const files = await writeInputs(ctx, properties, workingDir)
  const isOnFile = properties.databaseUri !== undefined || properties.outputDbFile === true
  // Beside the files of other tasks, where the working directory is shared.
  const file = isOnFile ? join(workingDir, `${privateFilePrefix}${randomUUID()}.duckdb`) : undefined
  if (file && properties.databaseUri) {
    await pipeline(await ctx.storage.open(properties.databaseUri), createWriteStream(file), { signal: ctx.signal })
  }
  const variables = { workingDir, ...files }
  const database = await open(workingDir, { file, timeZone: properties.timeZoneId })
  try {
    for (const source of [properties.sql, properties.afterSQL]) {
      if (source === undefined) continue
      const sql = String((await ctx.render(source, variables)) ?? '')
      const keepRows = source === properties.sql ? onRows : async () => {}
      await runStatements(database, { sql, parameters: properties.parameters, signal: ctx.signal, onRows: keepRows })
    }
    if (file) await database.connection.run('CHECKPOINT')
  } finally {
    database.close()
  }
  return {
    ...(await keepOutputFiles(ctx, files.outputFiles)),
    ...(file &&
      properties.outputDbFile && { databaseUri: await ctx.storage.put(databaseName, createReadStream(file)) }),
  }
}

async function open(workingDir: string, options: { file?: string; timeZone?: string }): Promise<Database> {
  return openDatabase(workingDir, options).catch(error => {
    if (error instanceof TaskError) throw error
    throw new TaskError(`DuckDB can't open the database: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    })
  })
}

type Files = { inputFiles: Record<string, string>; outputFiles: Record<string, string> }

async function writeInputs(ctx: PluginContext, properties: DuckdbProperties, workingDir: string): Promise<Files> {
  const inputFiles = properties.inputFiles ?? {}
  await writeInputFiles(inputFiles, { hostDir: workingDir, workingDir }, ctx)
  const inputs = Object.keys(inputFiles).map(name => [name, join(workingDir, name)])
  const outputs = (properties.outputFiles ?? []).map(name => [name, join(workingDir, checkOutputName(name))])
  return { inputFiles: Object.fromEntries(inputs), outputFiles: Object.fromEntries(outputs) }
}

function checkOutputName(name: string): string {
  if (name === '' || name.includes('/') || name.includes('\0') || name === '..' || name === '.') {
    throw new TaskError(`outputFiles: ${JSON.stringify(name)} is no name of a file`)
  }
  return name
}

async function keepOutputFiles(ctx: PluginContext, files: Record<string, string>): Promise<JsonObject> {
  const uris: JsonObject = {}
  for (const [name, path] of Object.entries(files)) {
    const stats = await stat(path).catch(() => null)
    if (!stats?.isFile()) {
      throw new TaskError(`outputFiles: the SQL wrote no ${name}; write it by COPY ... TO '{{ outputFiles.${name} }}'`)
    }
    uris[name] = await ctx.storage.put(basename(path), createReadStream(path))
  }
  return Object.keys(uris).length > 0 ? { outputFiles: uris } : {}
}

/** A path would name a file of the worker, a service needs an extension that is not built in. */
function checkUrl(url: string | undefined): void {
  if (url === undefined || /^jdbc:duckdb:(?::memory:)?(?:\?.*)?$/.test(url.trim())) return
  throw new TaskError(
    `url: ${url} is not supported; only jdbc:duckdb: (in memory) is. Start from a stored database by databaseUri`,
  )
}
