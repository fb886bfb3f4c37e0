import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { content, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.storage.Write',
  kind: 'task',
  step: 'activity',
  title: 'Write a file',
  description: 'Stores text as a file of the execution.',
  properties: z.object({
    content: content().meta({ description: 'What to write.' }),
    extension: text().optional().meta({ description: 'Of the file, such as .txt.' }),
  }),
  outputs: z.object({ uri: z.string().meta({ description: 'The stored file.' }) }),
  examples: [
    {
      title: 'Write a file',
      yaml: `id: write
namespace: company.team

tasks:
  - id: write
    type: io.kestra.plugin.core.storage.Write
    extension: .ion
    content: |
      {"id": 1, "city": "Oslo"}
      {"id": 2, "city": "Rome"}
      {"id": 1, "city": "Bern"}
`,
    },
  ],
})
