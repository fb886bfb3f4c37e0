import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { byteSize, int, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.storage.Split',
  kind: 'task',
  step: 'activity',
  title: 'Split a file',
  description: 'Splits a file by its lines, by the first given of: regexPattern, bytes, partitions, rows.',
  properties: z.object({
    from: text().meta({ description: 'The URI of the file.' }),
    bytes: byteSize().optional().meta({ description: 'The size at which a part ends, such as 10MB.' }),
    partitions: int().optional().meta({ description: 'How many parts; lines are dealt out in turn.' }),
    rows: int().optional().meta({ description: 'How many lines a part has.' }),
    regexPattern: text().optional().meta({ description: 'Lines go together by what its first group matches.' }),
    separator: text().default('\n'),
  }),
  outputs: z.object({ uris: z.array(z.string()).meta({ description: 'The parts.' }) }),
  examples: [
    {
      title: 'Split a file',
      yaml: `id: split
namespace: company.team

tasks:
  - id: write
    type: io.kestra.plugin.core.storage.Write
    extension: .ion
    content: |
      {"id": 1, "city": "Oslo"}
      {"id": 2, "city": "Rome"}
      {"id": 1, "city": "Bern"}

  - id: split
    type: io.kestra.plugin.core.storage.Split
    from: "{{ outputs.write.uri }}"
    rows: 1
`,
    },
  ],
})
