import type { Polling } from '#language/define-plugin'
import type { JsonObject } from '#language/json'
import { fetchRows } from '../../shared/fetch-rows'
import { readTriggerFetchType, toPolled } from '../../shared/trigger'
import { runDuckdb } from '../shared/run-duckdb'
import type plugin from './plugin'

const polling: Polling<typeof plugin> = {
  async poll(ctx, properties) {
    const fetchType = readTriggerFetchType(properties)
    let result: JsonObject = {}
    const files = await runDuckdb(ctx, properties, async batches => {
      result = await fetchRows(fetchType, batches, { ctx, fileName: 'rows.ion' })
    })
    return toPolled({ ...result, ...files })
  },
}

export default polling
