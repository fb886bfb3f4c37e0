import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { queryOutputs } from '../../shared/properties'
import { postgresProperties } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.jdbc.postgresql.Query',
  kind: 'task',
  step: 'activity',
  title: 'Query a PostgreSQL database',
  description: 'Runs SQL. With several statements, the rows are those of the last that returns some.',
  properties: z.object(postgresProperties),
  outputs: z.object(queryOutputs),
  examples: [
    {
      title: 'Store the rows of a query',
      yaml: `id: postgres_query
namespace: company.team
tasks:
  - id: query
    type: io.kestra.plugin.jdbc.postgresql.Query
    url: jdbc:postgresql://db.example.com:5432/shop
    username: reader
    password: "{{ secret('DB_PASSWORD') }}"
    fetchType: STORE
    sql: SELECT * FROM orders WHERE day = :day
    parameters:
      day: "2024-01-31"
`,
    },
  ],
})
