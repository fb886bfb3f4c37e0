import type { Run } from '#language/define-plugin'
import type { JsonObject } from '#language/json'
import { fetchRows } from '../../shared/fetch-rows'
import { readFetchType } from '../../shared/properties'
import { runDuckdb } from '../shared/run-duckdb'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, properties) => {
  const fetchType = readFetchType(properties)
  const outputs: JsonObject[] = []
  const files = await runDuckdb(ctx, properties, async (batches, index) => {
    outputs.push(await fetchRows(fetchType, batches, { ctx, fileName: `rows-${index + 1}.ion` }))
  })
  return { outputs, ...files }
}

export default run
