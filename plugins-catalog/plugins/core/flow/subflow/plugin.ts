import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyObject, bool, int, list, map, object, oneOf, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.flow.Subflow',
  kind: 'task',
  step: 'flow',
  // Its expressions are about the called execution.
  renderLater: ['outputs'],
  title: 'Run another flow',
  description: `Starts an execution of another flow of the same tenant, waits for it by default, and takes over its state and outputs.`,
  properties: z.object({
    namespace: text().meta({ description: 'Namespace of the flow.' }),
    flowId: text().meta({ description: 'Id of the flow.' }),
    revision: int().meta({ description: 'Which revision; the latest by default.' }).optional(),
    inputs: anyObject().meta({ description: 'Inputs of the flow.' }).optional(),
    labels: z
      .union([map(text()), list(object({ key: text(), value: text() }))])
      .meta({ description: 'Labels of its execution.' })
      .optional(),
    wait: bool().meta({ description: 'Whether to wait for its end.' }).default(true),
    transmitFailed: bool().meta({ description: "Whether its failure is this task's, too." }).default(true),
    inheritLabels: bool().meta({ description: 'Whether it gets the labels of this execution.' }).default(false),
    scheduleDate: text().meta({ description: 'When to start it; now by default.' }).optional(),
    restartBehavior: oneOf(['RETRY_FAILED', 'NEW_EXECUTION'])
      .meta({ description: 'What a restart of this execution does with it.' })
      .default('RETRY_FAILED'),
    outputs: anyObject().meta({ deprecated: true, instead: 'outputs of the flow itself' }).optional(),
  }),
  outputs: z.object({
    executionId: text().meta({ description: 'Id of its execution.' }),
    state: text().meta({ description: 'State it ended in.' }),
    outputs: anyObject().meta({ description: 'Outputs of the flow.' }),
  }),
  examples: [
    {
      title: 'Run a flow and wait for it',
      yaml: `id: subflow
namespace: company.team
tasks:
  - id: clean
    type: io.kestra.plugin.core.flow.Subflow
    namespace: company.team
    flowId: clean_up
    inputs:
      days: 7
  - id: result
    type: io.kestra.plugin.core.log.Log
    message: "{{ outputs.clean.executionId }} ended as {{ outputs.clean.state }}"
`,
    },
  ],
})
