import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bool } from '#language/fields'
import { queriesOutputs } from '../../shared/properties'
import { duckdbOutputs, duckdbProperties } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.jdbc.duckdb.Queries',
  kind: 'task',
  step: 'activity',
  title: 'Run several DuckDB queries',
  description: 'As Query, and keeps the rows of each statement that returns some.',
  properties: z.object({ ...duckdbProperties, transaction: bool().optional() }),
  outputs: z.object({ ...queriesOutputs, ...duckdbOutputs }),
  renderLater: ['sql', 'afterSQL'],
  examples: [
    {
      title: 'Two results of one table',
      yaml: `id: duckdb_queries
namespace: company.team
tasks:
  - id: queries
    type: io.kestra.plugin.jdbc.duckdb.Queries
    fetchType: FETCH
    sql: |
      CREATE TABLE numbers AS SELECT range AS n FROM range(10);
      SELECT count(*) AS total FROM numbers;
      SELECT avg(n) AS average FROM numbers;
`,
    },
  ],
})
