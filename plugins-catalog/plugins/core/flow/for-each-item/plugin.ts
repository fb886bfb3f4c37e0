import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyObject, bool, branches, byteSize, int, list, map, object, oneOf, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.flow.ForEachItem',
  kind: 'task',
  step: 'flow',
  title: 'Run another flow for each batch of a file',
  description: `Splits a file into batches, and starts an execution of another flow for each: its inputs may name the batch as \`{{ taskrun.items }}\`. What these flows hand out is gathered in one file, \`outputs.<id>_merge.subflowOutputs\`.`,
  properties: z.object({
    items: text().meta({ description: 'The URI of the file.' }),
    batch: object({
      rows: int().optional().meta({ description: 'How many lines a batch has; 1 if nothing else is said.' }),
      partitions: int().optional().meta({ description: 'How many batches; lines are dealt out in turn.' }),
      bytes: byteSize().optional().meta({ description: 'The largest size of a batch, such as 10MB.' }),
      regexPattern: text().optional().meta({ description: 'Lines go together by what its first group matches.' }),
      separator: text().optional().meta({ description: 'Between lines; a line break by default.' }),
    })
      .optional()
      .meta({ description: 'How to split it.' }),
    namespace: text().meta({ description: 'Namespace of the flow.' }),
    flowId: text().meta({ description: 'Id of the flow.' }),
    revision: int().optional().meta({ description: 'Which revision; the latest by default.' }),
    inputs: anyObject().optional().meta({ description: 'Inputs of the flow, rendered for each batch.' }),
    labels: z
      .union([map(text()), list(object({ key: text(), value: text() }))])
      .optional()
      .meta({ description: 'Labels of its executions.' }),
    wait: bool().default(true).meta({ description: 'Whether to wait for their ends.' }),
    transmitFailed: bool().default(true).meta({ description: "Whether a failure of one is this task's, too." }),
    inheritLabels: bool().default(false).meta({ description: 'Whether they get the labels of this execution.' }),
    scheduleDate: text().optional().meta({ description: 'When to start them; now by default.' }),
    restartBehavior: oneOf(['RETRY_FAILED', 'NEW_EXECUTION']).default('RETRY_FAILED').meta({
      description:
        'Which batches a restart of this execution runs again: those that failed (RETRY_FAILED), or all (NEW_EXECUTION).',
    }),
    ...branches,
  }),
  children: ['errors', 'finally'],
  examples: [
    {
      title: 'A flow for every two lines',
      yaml: `id: orders
namespace: company.team
tasks:
  - id: write
    type: io.kestra.plugin.core.storage.Write
    extension: .ion
    content: |
      {"order": 1}
      {"order": 2}
      {"order": 3}
  - id: each
    type: io.kestra.plugin.core.flow.ForEachItem
    items: "{{ outputs.write.uri }}"
    batch:
      rows: 2
    namespace: company.team
    flowId: handle_orders
    inputs:
      orders: "{{ taskrun.items }}"
  - id: result
    type: io.kestra.plugin.core.log.Log
    message: "{{ outputs.each_items.numberOfBatches }} batches, {{ outputs.each_merge.subflowOutputs }}"
`,
    },
  ],
})
