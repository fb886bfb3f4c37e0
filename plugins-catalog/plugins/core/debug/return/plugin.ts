import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { content, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.debug.Return',
  kind: 'task',
  step: 'pure',
  title: 'Return a rendered value',
  description: `Renders \`format\` and keeps it as an output. Made for tries and for small conversions.`,
  properties: z.object({ format: content().meta({ description: 'What to return.' }).optional() }),
  outputs: z.object({ value: text().meta({ description: 'The rendered format.' }).optional() }),
  examples: [
    {
      title: 'Return a greeting',
      yaml: `id: return
namespace: company.team
tasks:
  - id: greeting
    type: io.kestra.plugin.core.debug.Return
    format: "Hello from {{ flow.id }}"
`,
    },
  ],
})
