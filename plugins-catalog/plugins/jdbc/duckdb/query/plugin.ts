import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { queryOutputs } from '../../shared/properties'
import { duckdbOutputs, duckdbProperties } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.jdbc.duckdb.Query',
  kind: 'task',
  step: 'activity',
  title: 'Query files with DuckDB',
  description: `Runs SQL in a DuckDB of its own, in memory. All statements run; the rows are those of the last that returns some.
Files are read and written in the working directory only: \`'{{ workingDir }}/name'\`.`,
  properties: z.object(duckdbProperties),
  outputs: z.object({ ...queryOutputs, ...duckdbOutputs }),
  renderLater: ['sql', 'afterSQL'],
  examples: [
    {
      title: 'Read a downloaded JSON file',
      yaml: `id: duckdb
namespace: company.team
tasks:
  - id: extract
    type: io.kestra.plugin.core.http.Download
    uri: https://dummyjson.com/products
  - id: query
    type: io.kestra.plugin.jdbc.duckdb.Query
    fetchType: STORE
    inputFiles:
      data.json: "{{ outputs.extract.uri }}"
    sql: |
      SELECT unnest(products, recursive := true)
      FROM read_json_auto('{{ workingDir }}/data.json')
`,
    },
  ],
})
