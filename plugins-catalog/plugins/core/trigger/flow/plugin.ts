import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyObject, bool, int, list, object, oneOf, text } from '#language/fields'
import { executionStates } from '#language/states'
import { followedByDefault } from '#language/triggers/followed'
import { jointsOfDependencies, jointsOfPreconditions } from './joints'
import { TimeWindowProperties, WindowProperties } from './windows'

export default definePlugin({
  type: 'io.kestra.plugin.core.trigger.Flow',
  kind: 'trigger',
  starts: 'flow',
  title: 'Start after other flows',
  description: `Starts the flow when executions of other flows come to certain states.`,
  properties: z.object({
    states: list(oneOf(executionStates))
      .meta({ description: 'States that count; those at the end of an execution, and PAUSED, by default.' })
      .optional(),
    dependsOn: list(
      object({
        namespace: text().optional(),
        flowId: text().optional(),
        states: list(oneOf(executionStates)).optional(),
        labels: anyObject().optional(),
        when: text().optional(),
      }),
    )
      .meta({ description: 'Executions of other flows that must have been; Kestra 2’s form of `preconditions`.' })
      .optional(),
    window: WindowProperties.meta({ description: 'The time within which `dependsOn` must be met.' }).optional(),
    mode: oneOf(['ALL', 'ANY', 'AT_LEAST'])
      .meta({ description: 'How much of `dependsOn` must be met.' })
      .default('ALL'),
    minSatisfied: int().meta({ description: 'With AT_LEAST: how many of `dependsOn` must be met.' }).optional(),
    preconditions: object({
      id: text(),
      timeWindow: TimeWindowProperties.optional(),
      resetOnSuccess: bool().default(true),
      flows: list(
        object({
          namespace: text(),
          flowId: text().optional(),
          states: list(oneOf(executionStates)).optional(),
          labels: anyObject().optional(),
        }),
      )
        .meta({ description: 'Executions that must all have been.' })
        .optional(),
      where: list(
        object({
          id: text(),
          operand: oneOf(['AND', 'OR']).default('AND'),
          filters: list(
            object({
              field: oneOf(['FLOW_ID', 'NAMESPACE', 'STATE', 'EXPRESSION']),
              type: oneOf([
                'EQUAL_TO',
                'NOT_EQUAL_TO',
                'IN',
                'NOT_IN',
                'IS_TRUE',
                'IS_FALSE',
                'IS_NULL',
                'IS_NOT_NULL',
                'STARTS_WITH',
                'ENDS_WITH',
                'REGEX',
                'CONTAINS',
              ]),
              value: text().optional(),
              values: list(text()).optional(),
            }),
          ),
        }),
      )
        .meta({ description: 'Groups of filters that must all have been met.' })
        .optional(),
    })
      .meta({ description: 'Several executions of other flows that must come together.' })
      .optional(),
  }),
  outputs: z.object({
    executionId: text(),
    namespace: text(),
    flowId: text(),
    flowRevision: int(),
    state: text(),
    executionLabels: anyObject(),
    startDate: text().optional(),
    endDate: text().optional(),
    firstFailedTaskId: text().optional(),
    lastTaskId: text().optional(),
    outputs: anyObject().meta({
      description:
        'Of the execution that came last and, where several had to come together, of all, also below namespace and flow.',
    }),
  }),
  follows: ({ states = followedByDefault, preconditions, dependsOn = [], window, mode, minSatisfied }) => ({
    // How an execution begins is no change of its state.
    states: states.filter(state => state !== 'CREATED'),
    joints: [
      ...jointsOfPreconditions(preconditions),
      ...jointsOfDependencies({ dependsOn, window, mode, minSatisfied }),
    ],
  }),
  examples: [
    {
      title: 'After an import',
      yaml: `id: after_import
namespace: company.team
tasks:
  - id: report
    type: io.kestra.plugin.core.log.Log
    message: "after {{ trigger.executionId }}"
triggers:
  - id: imported
    type: io.kestra.plugin.core.trigger.Flow
    preconditions:
      id: import_done
      flows:
        - namespace: company.team
          flowId: import
          states: [SUCCESS]
`,
    },
  ],
})
