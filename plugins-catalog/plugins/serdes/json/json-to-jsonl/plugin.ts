import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.serdes.json.JsonToJsonl',
  kind: 'task',
  step: 'activity',
  title: 'Turn a JSON array into JSON lines',
  description: 'Writes each item of a JSON array on a line of its own.',
  properties: z.object({
    from: text().meta({ description: 'The URI of the file.' }),
    charset: text().default('UTF-8'),
  }),
  outputs: z.object({
    uri: z.string().meta({ description: 'The new file.' }),
    size: z.number().meta({ description: 'How many rows.' }),
  }),
  examples: [
    {
      title: 'Turn a JSON array into JSON lines',
      yaml: `id: json_to_jsonl
namespace: company.team

tasks:
  - id: list
    type: io.kestra.plugin.core.storage.Write
    extension: .json
    content: |
      [{"id": 1, "city": "Oslo"}, {"id": 2, "city": "Rome"}]

  - id: lines
    type: io.kestra.plugin.serdes.json.JsonToJsonl
    from: "{{ outputs.list.uri }}"
`,
    },
  ],
})
