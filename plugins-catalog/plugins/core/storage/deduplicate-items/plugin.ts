import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.storage.DeduplicateItems',
  kind: 'task',
  step: 'activity',
  title: 'Remove double items',
  description: 'Keeps the last item of each key, in their order.',
  properties: z.object({
    from: text().meta({ description: 'The URI of a file of items, one a line.' }),
    expr: text().meta({ description: 'Renders the key of an item, whose fields are variables.' }),
  }),
  outputs: z.object({
    uri: z.string(),
    numKeys: z.number(),
    processedItemsTotal: z.number(),
    droppedItemsTotal: z.number(),
  }),
  renderLater: ['expr'],
  examples: [
    {
      title: 'Remove double items',
      yaml: `id: deduplicate
namespace: company.team

tasks:
  - id: write
    type: io.kestra.plugin.core.storage.Write
    extension: .ion
    content: |
      {"id": 1, "city": "Oslo"}
      {"id": 2, "city": "Rome"}
      {"id": 1, "city": "Bern"}

  - id: deduplicate
    type: io.kestra.plugin.core.storage.DeduplicateItems
    from: "{{ outputs.write.uri }}"
    expr: "{{ id }}"
`,
    },
  ],
})
