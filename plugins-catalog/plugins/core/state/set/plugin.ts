import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyObject } from '#language/fields'
import { exampleFlow, insteadOfState, stateProperties } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.core.state.Set',
  kind: 'task',
  step: 'activity',
  title: 'Set a state',
  description: 'Keeps values for later executions; those of the same name are replaced, others stay.',
  deprecated: insteadOfState,
  properties: z.object({
    ...stateProperties,
    data: anyObject().default({}).meta({ description: 'Name to value.' }),
  }),
  outputs: z.object({
    count: z.number().meta({ description: 'How many values the state has now.' }),
    key: z.string().meta({ description: 'Under which the state is kept.' }),
  }),
  examples: [{ title: 'Set a state', yaml: exampleFlow('state_set', '') }],
})
