import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bool } from '#language/fields'
import { exampleFlow, insteadOfState, stateProperties } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.core.state.Delete',
  kind: 'task',
  step: 'activity',
  title: 'Delete a state',
  description: 'Deletes all that was kept under a name.',
  deprecated: insteadOfState,
  properties: z.object({
    ...stateProperties,
    errorOnMissing: bool().default(false).meta({ description: 'Fail where there is no such state.' }),
  }),
  outputs: z.object({ deleted: z.boolean().meta({ description: 'Whether there was one.' }) }),
  examples: [
    {
      title: 'Delete a state',
      yaml: exampleFlow('state_delete', '\n  - id: delete\n    type: io.kestra.plugin.core.state.Delete\n'),
    },
  ],
})
