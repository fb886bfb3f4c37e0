import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bool } from '#language/fields'
import { queriesOutputs } from '../../shared/properties'
import { postgresProperties } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.jdbc.postgresql.Queries',
  kind: 'task',
  step: 'activity',
  title: 'Run several PostgreSQL statements',
  description: 'As Query, and keeps the rows of each statement that returns some.',
  properties: z.object({
    ...postgresProperties,
    transaction: bool().default(true).meta({ description: 'All statements or none.' }),
  }),
  outputs: z.object(queriesOutputs),
  examples: [
    {
      title: 'Two statements in a transaction',
      yaml: `id: postgres_queries
namespace: company.team
tasks:
  - id: queries
    type: io.kestra.plugin.jdbc.postgresql.Queries
    url: jdbc:postgresql://db.example.com:5432/shop
    username: writer
    password: "{{ secret('DB_PASSWORD') }}"
    fetchType: FETCH
    sql: |
      INSERT INTO visits (day) VALUES (current_date) RETURNING id;
      SELECT count(*) AS total FROM visits;
`,
    },
  ],
})
