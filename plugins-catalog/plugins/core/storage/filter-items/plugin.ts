import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { oneOf, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.storage.FilterItems',
  kind: 'task',
  step: 'activity',
  title: 'Filter items',
  description: 'Keeps the items for which a condition is true, or leaves them out.',
  properties: z.object({
    from: text().meta({ description: 'The URI of a file of items, one a line.' }),
    filterCondition: text().meta({ description: 'Renders true or false for an item, whose fields are variables.' }),
    filterType: oneOf(['INCLUDE', 'EXCLUDE']).default('INCLUDE'),
    errorOrNullBehavior: oneOf(['FAIL', 'INCLUDE', 'EXCLUDE'])
      .default('FAIL')
      .meta({ description: 'What becomes of an item whose condition fails or renders to nothing.' }),
  }),
  outputs: z.object({ uri: z.string(), processedItemsTotal: z.number(), droppedItemsTotal: z.number() }),
  renderLater: ['filterCondition'],
  examples: [
    {
      title: 'Filter items',
      yaml: `id: filter
namespace: company.team

tasks:
  - id: write
    type: io.kestra.plugin.core.storage.Write
    extension: .ion
    content: |
      {"id": 1, "city": "Oslo"}
      {"id": 2, "city": "Rome"}
      {"id": 1, "city": "Bern"}

  - id: filter
    type: io.kestra.plugin.core.storage.FilterItems
    from: "{{ outputs.write.uri }}"
    filterCondition: "{{ city == 'Oslo' }}"
`,
    },
  ],
})
