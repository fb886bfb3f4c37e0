import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { queryOutputs } from '../../shared/properties'
import { triggerProperties } from '../../shared/trigger'
import { postgresProperties } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.jdbc.postgresql.Trigger',
  kind: 'trigger',
  starts: 'polling',
  title: 'Start when a PostgreSQL query has rows',
  description: `Runs SQL at each interval, and starts the flow where it returns rows. What is to start it only once is marked or deleted
by the SQL itself (\`DELETE ... RETURNING *\`) or by \`afterSQL\`, in the same transaction.`,
  properties: z.object({ ...postgresProperties, ...triggerProperties }),
  outputs: z.object(queryOutputs),
  examples: [
    {
      title: 'New rows, each once',
      yaml: `id: postgres_trigger
namespace: company.team
tasks:
  - id: show
    type: io.kestra.plugin.core.log.Log
    message: "{{ trigger.rows }}"
triggers:
  - id: orders
    type: io.kestra.plugin.jdbc.postgresql.Trigger
    interval: PT30S
    url: jdbc:postgresql://db.example.com:5432/shop
    username: worker
    password: "{{ secret('DB_PASSWORD') }}"
    sql: DELETE FROM new_orders RETURNING *
`,
    },
  ],
})
