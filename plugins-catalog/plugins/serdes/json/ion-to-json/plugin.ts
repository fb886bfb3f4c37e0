import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bool, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.serdes.json.IonToJson',
  aliases: ['io.kestra.plugin.serdes.json.JsonWriter'],
  kind: 'task',
  step: 'activity',
  title: 'Write a JSON file',
  description: 'Makes JSON lines, or a JSON array, of a file of rows.',
  properties: z.object({
    from: text().meta({ description: 'The URI of the file.' }),
    newLine: bool().default(true).meta({ description: 'One value a line; false means one JSON array.' }),
    charset: text().default('UTF-8'),
    timeZoneId: text().optional(),
    shouldKeepAnnotations: bool().default(false),
  }),
  outputs: z.object({
    uri: z.string().meta({ description: 'The new file.' }),
    size: z.number().meta({ description: 'How many rows.' }),
  }),
  examples: [
    {
      title: 'Write a JSON file',
      yaml: `id: ion_to_json
namespace: company.team

tasks:
  - id: rows
    type: io.kestra.plugin.core.storage.Write
    extension: .ion
    content: |
      {"id": 1, "city": "Oslo"}
      {"id": 2, "city": "Rome"}

  - id: write
    type: io.kestra.plugin.serdes.json.IonToJson
    from: "{{ outputs.rows.uri }}"
    newLine: false
`,
    },
  ],
})
