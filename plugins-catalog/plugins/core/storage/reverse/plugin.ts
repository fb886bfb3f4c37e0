import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.storage.Reverse',
  kind: 'task',
  step: 'activity',
  title: 'Reverse a file',
  description: 'Writes the lines of a file from the last to the first.',
  properties: z.object({
    from: text().meta({ description: 'The URI of the file.' }),
    separator: text().default('\n').meta({ description: 'What ends a line.' }),
    charset: text().default('UTF-8'),
  }),
  outputs: z.object({ uri: z.string().meta({ description: 'The stored file.' }) }),
  examples: [
    {
      title: 'Reverse a file',
      yaml: `id: reverse
namespace: company.team

tasks:
  - id: write
    type: io.kestra.plugin.core.storage.Write
    extension: .ion
    content: |
      {"id": 1, "city": "Oslo"}
      {"id": 2, "city": "Rome"}
      {"id": 1, "city": "Bern"}

  - id: reverse
    type: io.kestra.plugin.core.storage.Reverse
    from: "{{ outputs.write.uri }}"
`,
    },
  ],
})
