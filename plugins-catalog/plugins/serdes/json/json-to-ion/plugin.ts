import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bool, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.serdes.json.JsonToIon',
  aliases: ['io.kestra.plugin.serdes.json.JsonReader'],
  kind: 'task',
  step: 'activity',
  title: 'Read a JSON file',
  description: 'Makes a file of rows of JSON lines or of a JSON array.',
  properties: z.object({
    from: text().meta({ description: 'The URI of the file.' }),
    newLine: bool().default(true).meta({ description: 'One value a line; false means one JSON array.' }),
    charset: text().default('UTF-8'),
  }),
  outputs: z.object({
    uri: z.string().meta({ description: 'The new file.' }),
    size: z.number().meta({ description: 'How many rows.' }),
  }),
  examples: [
    {
      title: 'Read a JSON file',
      yaml: `id: json_to_ion
namespace: company.team

tasks:
  - id: list
    type: io.kestra.plugin.core.storage.Write
    extension: .json
    content: |
      [{"id": 1, "city": "Oslo"}, {"id": 2, "city": "Rome"}]

  - id: read
    type: io.kestra.plugin.serdes.json.JsonToIon
    from: "{{ outputs.list.uri }}"
    newLine: false
`,
    },
  ],
})
