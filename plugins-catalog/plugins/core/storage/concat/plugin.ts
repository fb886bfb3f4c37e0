import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyJson, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.storage.Concat',
  kind: 'task',
  step: 'activity',
  title: 'Join files',
  description: 'Writes files one after another into one.',
  properties: z.object({
    files: anyJson().meta({ description: 'URIs: a list, JSON text of one, or a single URI.' }),
    separator: text().optional().meta({ description: 'Written after each file.' }),
    extension: text().default('.tmp'),
  }),
  outputs: z.object({ uri: z.string().meta({ description: 'The stored file.' }) }),
  examples: [
    {
      title: 'Join files',
      yaml: `id: concat
namespace: company.team

tasks:
  - id: write
    type: io.kestra.plugin.core.storage.Write
    extension: .ion
    content: |
      {"id": 1, "city": "Oslo"}
      {"id": 2, "city": "Rome"}
      {"id": 1, "city": "Bern"}

  - id: concat
    type: io.kestra.plugin.core.storage.Concat
    extension: .ion
    files:
      - "{{ outputs.write.uri }}"
      - "{{ outputs.write.uri }}"
`,
    },
  ],
})
