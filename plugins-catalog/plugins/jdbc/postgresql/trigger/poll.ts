import type { Polling } from '#language/define-plugin'
import type { JsonObject } from '#language/json'
import { fetchRows } from '../../shared/fetch-rows'
import { readTriggerFetchType, toPolled } from '../../shared/trigger'
import { runPostgres } from '../shared/run-postgres'
import { findCutOff, noteResult } from './cut-off'
import type plugin from './plugin'

const polling: Polling<typeof plugin> = {
  async poll(ctx, properties) {
    const earlier = await findCutOff(ctx, properties)
    if (earlier !== undefined) return toPolled(earlier)
    const fetchType = readTriggerFetchType(properties)
    let result: JsonObject = {}
    await runPostgres(ctx, properties, {
      isTransaction: true,
      async onRows(batches) {
        result = await fetchRows(fetchType, batches, { ctx, fileName: 'rows.ion' })
      },
      beforeCommit: client => noteResult(ctx, client, result),
    })
    return toPolled(result)
  },
}

export default polling
