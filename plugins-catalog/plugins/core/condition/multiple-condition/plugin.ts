import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bool, duration, plugin, text } from '#language/fields'
import type { JsonObject } from '#language/json'
import { flowsOfCondition, isSureCondition } from '#language/triggers/followed'
import type { Need } from '#language/triggers/joint'
import { TimeWindowProperties, timeWindowOf } from '../../trigger/flow/windows'

export default definePlugin({
  type: 'io.kestra.plugin.core.condition.MultipleCondition',
  kind: 'condition',
  title: 'Several executions in one window',
  description: `An older form of the preconditions of a Flow trigger.`,
  properties: z.object({
    window: duration().optional(),
    windowAdvance: duration().optional(),
    resetOnSuccess: bool().default(true),
    conditions: z.record(z.string(), plugin('condition')),
    id: text(),
    timeWindow: TimeWindowProperties.optional(),
  }),
  joins: ({ id, conditions, window, windowAdvance, timeWindow, resetOnSuccess }) => {
    const needs = Object.entries(conditions).map(([name, condition]) => needOf(name, condition as JsonObject))
    return {
      id,
      needs,
      atLeast: needs.length,
      window: timeWindowOf(timeWindow ?? { window, windowAdvance }),
      resetOnSuccess,
    }
  },
  examples: [
    {
      title: 'Several executions in one window',
      yaml: `id: multiple_condition
namespace: company.team
tasks:
  - id: hello
    type: io.kestra.plugin.core.log.Log
    message: Hello
triggers:
  - id: start
    type: io.kestra.plugin.core.trigger.Flow
    disabled: true
    conditions:
      - type: io.kestra.plugin.core.condition.MultipleCondition
        id: both
        window: P1D
        conditions:
          imported:
            type: io.kestra.plugin.core.condition.ExecutionFlow
            namespace: company.team
            flowId: import
`,
    },
  ],
})

function needOf(name: string, condition: JsonObject): Need {
  const [flow = {}, ...others] = flowsOfCondition(condition)
  return {
    key: JSON.stringify([name, condition]),
    flow: others.length === 0 ? flow : {},
    isSure: isSureCondition(condition),
    isMet: context => context.holds(condition),
  }
}
