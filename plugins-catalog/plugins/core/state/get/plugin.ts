import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyObject, bool } from '#language/fields'
import { exampleFlow, insteadOfState, stateProperties } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.core.state.Get',
  kind: 'task',
  step: 'activity',
  title: 'Get a state',
  description: 'Reads what an earlier task or execution kept.',
  deprecated: insteadOfState,
  properties: z.object({
    ...stateProperties,
    errorOnMissing: bool().default(false).meta({ description: 'Fail where there is no such state.' }),
  }),
  outputs: z.object({
    count: z.number().meta({ description: 'How many values the state has.' }),
    data: anyObject().meta({ description: 'Name to value; empty where there is no state.' }),
  }),
  examples: [
    {
      title: 'Get a state',
      yaml: exampleFlow(
        'state_get',
        `
  - id: get
    type: io.kestra.plugin.core.state.Get

  - id: read
    type: io.kestra.plugin.core.log.Log
    message: "{{ outputs.get.data.last_id }}"
`,
      ),
    },
  ],
})
