import { z } from 'zod'
import { bool, list, map, text } from '#language/fields'
import { queryProperties } from '../../shared/properties'

/** What both DuckDB tasks take. */
export const duckdbProperties = {
  ...queryProperties,
  url: text().optional().meta({ description: 'Only `jdbc:duckdb:`, a database in memory, which is the default.' }),
  username: text().optional(),
  password: text().optional(),
  inputFiles: map(text()).optional().meta({
    description: 'Files to write into the working directory: names to contents or URIs.',
  }),
  outputFiles: list(text()).optional().meta({
    description: "Names of files that the SQL writes to `'{{ outputFiles.name }}'` and that are kept.",
  }),
  databaseUri: text().optional().meta({ description: 'A stored database file to start from.' }),
  outputDbFile: bool().optional().meta({ description: 'Keep the database as a file.' }),
  communityExtensions: list(text()).optional(),
}

export const duckdbOutputs = {
  databaseUri: z.string().optional().meta({ description: 'The stored database, with outputDbFile.' }),
  outputFiles: z.record(z.string(), z.string()).optional().meta({ description: 'URIs by name.' }),
}
