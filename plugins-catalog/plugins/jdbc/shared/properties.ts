import { z } from 'zod'
import { anyJson, bool, int, map, oneOf, text } from '#language/fields'

export const fetchTypes = ['NONE', 'FETCH', 'FETCH_ONE', 'STORE'] as const
export type FetchType = (typeof fetchTypes)[number]

/** What every query task takes, whatever its database. */
export const queryProperties = {
  sql: text().meta({ description: 'One statement, or several with `;` between them.' }),
  afterSQL: text().optional().meta({ description: 'Runs after `sql`, in the same transaction.' }),
  parameters: map(anyJson()).optional().meta({ description: 'Values for the `:name` placeholders of the SQL.' }),
  fetchType: oneOf(fetchTypes).optional().meta({
    description: 'STORE writes rows to a file, FETCH and FETCH_ONE put them into outputs, NONE (default) drops them.',
  }),
  fetchSize: int().optional().meta({ description: 'Rows that are read at once.' }),
  timeZoneId: text().optional(),
  store: bool().optional().meta({ deprecated: true, instead: 'fetchType: STORE' }),
  fetch: bool().optional().meta({ deprecated: true, instead: 'fetchType: FETCH' }),
  fetchOne: bool().optional().meta({ deprecated: true, instead: 'fetchType: FETCH_ONE' }),
}

const resultOutputs = {
  row: z.record(z.string(), anyJson()).optional().meta({ description: 'The first row, with FETCH_ONE.' }),
  rows: z.array(z.record(z.string(), anyJson())).optional().meta({ description: 'All rows, with FETCH.' }),
  uri: z.string().optional().meta({ description: 'The stored file, Ion text, one row a line, with STORE.' }),
  size: z.number().optional().meta({ description: 'How many rows.' }),
}

export const queryOutputs = resultOutputs
export const queriesOutputs = {
  outputs: z.array(z.object(resultOutputs)).meta({ description: 'One for each statement that returns rows.' }),
}

export type FetchProperties = { fetchType?: FetchType; store?: boolean; fetch?: boolean; fetchOne?: boolean }

/** The older booleans count where `fetchType` is not set. */
export function readFetchType({ fetchType, store, fetch, fetchOne }: FetchProperties): FetchType {
  if (fetchType) return fetchType
  if (store) return 'STORE'
  if (fetchOne) return 'FETCH_ONE'
  return fetch ? 'FETCH' : 'NONE'
}
