import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bool, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.storage.Delete',
  kind: 'task',
  step: 'activity',
  title: 'Delete a file',
  description: 'Deletes a stored file of the execution.',
  properties: z.object({
    uri: text().meta({ description: 'The URI of the file.' }),
    errorOnMissing: bool().default(false).meta({ description: 'Fail where there is no such file.' }),
  }),
  outputs: z.object({ uri: z.string(), deleted: z.boolean().meta({ description: 'Whether there was one.' }) }),
  examples: [
    {
      title: 'Delete a file',
      yaml: `id: delete
namespace: company.team

tasks:
  - id: write
    type: io.kestra.plugin.core.storage.Write
    extension: .ion
    content: |
      {"id": 1, "city": "Oslo"}
      {"id": 2, "city": "Rome"}
      {"id": 1, "city": "Bern"}

  - id: delete
    type: io.kestra.plugin.core.storage.Delete
    uri: "{{ outputs.write.uri }}"
`,
    },
  ],
})
