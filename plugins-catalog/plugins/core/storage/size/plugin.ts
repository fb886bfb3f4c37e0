import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.storage.Size',
  kind: 'task',
  step: 'activity',
  title: 'Size of a file',
  description: 'Tells the size of a stored file in bytes.',
  properties: z.object({ uri: text().meta({ description: 'The URI of the file.' }) }),
  outputs: z.object({ size: z.number().meta({ description: 'In bytes.' }) }),
  examples: [
    {
      title: 'Size of a file',
      yaml: `id: size
namespace: company.team

tasks:
  - id: write
    type: io.kestra.plugin.core.storage.Write
    extension: .ion
    content: |
      {"id": 1, "city": "Oslo"}
      {"id": 2, "city": "Rome"}
      {"id": 1, "city": "Bern"}

  - id: size
    type: io.kestra.plugin.core.storage.Size
    uri: "{{ outputs.write.uri }}"
`,
    },
  ],
})
