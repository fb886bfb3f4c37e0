import type { Run } from '#language/define-plugin'
import type { JsonObject } from '#language/json'
import { fetchRows } from '../../shared/fetch-rows'
import { readFetchType } from '../../shared/properties'
import { runDuckdb } from '../shared/run-duckdb'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, properties) => {
  const fetchType = readFetchType(properties)
  let result: JsonObject = {}
  const files = await runDuckdb(ctx, properties, async batches => {
    // Which statement is the last that returns rows is known only afterwards: a later one replaces the file.
    result = await fetchRows(fetchType, batches, { ctx, fileName: 'rows.ion' })
  })
  return { ...result, ...files }
}

export default run
