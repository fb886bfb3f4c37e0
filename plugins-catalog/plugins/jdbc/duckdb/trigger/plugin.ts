import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { queryOutputs } from '../../shared/properties'
import { triggerProperties } from '../../shared/trigger'
import { duckdbOutputs, duckdbProperties } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.jdbc.duckdb.Trigger',
  kind: 'trigger',
  starts: 'polling',
  title: 'Start when a DuckDB query has rows',
  description: 'Runs SQL in a DuckDB of its own, in memory, at each interval. Starts the flow where it returns rows.',
  properties: z.object({ ...duckdbProperties, ...triggerProperties }),
  outputs: z.object({ ...queryOutputs, ...duckdbOutputs }),
  renderLater: ['sql', 'afterSQL'],
  examples: [
    {
      title: 'When a file of the namespace has open orders',
      yaml: `id: duckdb_trigger
namespace: company.team
tasks:
  - id: show
    type: io.kestra.plugin.core.log.Log
    message: "{{ trigger.size }} orders"
triggers:
  - id: orders
    type: io.kestra.plugin.jdbc.duckdb.Trigger
    interval: PT5M
    inputFiles:
      orders.csv: nsfile:///orders.csv
    sql: SELECT * FROM read_csv_auto('{{ workingDir }}/orders.csv') WHERE state = 'open'
`,
    },
  ],
})
