import type { Run } from '#language/define-plugin'
import type { JsonObject } from '#language/json'
import { fetchRows } from '../../shared/fetch-rows'
import { readFetchType } from '../../shared/properties'
import { runPostgres } from '../shared/run-postgres'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, properties) => {
  const fetchType = readFetchType(properties)
  let result: JsonObject = {}
  await runPostgres(ctx, properties, {
    // Some statements (VACUUM) refuse a transaction: one only where it has a meaning.
    isTransaction: properties.afterSQL !== undefined,
    async onRows(batches) {
      result = await fetchRows(fetchType, batches, { ctx, fileName: 'rows.ion' })
    },
  })
  return result
}

export default run
