import type { Run } from '#language/define-plugin'
import type { JsonObject } from '#language/json'
import { fetchRows } from '../../shared/fetch-rows'
import { readFetchType } from '../../shared/properties'
import { runPostgres } from '../shared/run-postgres'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, properties) => {
  const fetchType = readFetchType(properties)
  const outputs: JsonObject[] = []
  await runPostgres(ctx, properties, {
    isTransaction: properties.transaction,
    async onRows(batches, index) {
      outputs.push(await fetchRows(fetchType, batches, { ctx, fileName: `rows-${index + 1}.ion` }))
    },
  })
  return { outputs }
}

export default run
