import { expect, test } from 'vitest'
import type { Execution, TaskRun } from '#web/server/executions/execution'
import { expressionScope } from './expression-scope'
import { tryExpression } from './try-expression'

const state = { current: 'SUCCESS', histories: [], startDate: '2026-01-01T00:00:00Z', duration: 'PT1S' }
const of = { executionId: 'e', namespace: 'company.team', flowId: 'etl', attempts: [], state }

const taskRunList: TaskRun[] = [
  { ...of, id: '1', taskId: 'load', outputs: { rows: 3, uri: 'kestra:///a.csv' } },
  { ...of, id: '2', taskId: 'each' },
  { ...of, id: '3', taskId: 'part', parentTaskRunId: '2', value: 'b', outputs: { n: 1 } },
  { ...of, id: '4', taskId: 'deep', parentTaskRunId: '3', value: 'c', outputs: { n: 2 } },
]
const execution: Execution = {
  ...{ tenantId: 'acme', id: 'e', namespace: 'company.team', flowId: 'etl', flowRevision: 2, taskRunList, state },
  inputs: { day: '2026-01-01', key: { type: 'io.kestra.datatype:aes_encrypted', value: '******' } },
  variables: { base: 'x' },
  labels: [{ key: 'team.name', value: 'data' }],
  trigger: { id: 'nightly', type: 'io.kestra.plugin.core.trigger.Schedule', variables: { date: '2026-01-01' } },
  ...{ originalId: 'e', metadata: { attemptNumber: 1, originalCreatedDate: '2026-01-01T00:00:00Z' } },
  ...{ kind: 'NORMAL', deleted: false },
}
const scope = expressionScope(execution)
const attempt = (text: string) => tryExpression(text, scope, 0)

test.each([
  ['{{ outputs.load.rows + 1 }}', 4],
  ['outputs.load.rows', 3],
  ['{{ inputs.day }} and {{ vars.base | upper }}', '2026-01-01 and X'],
  ['{{ outputs.part.b.n + outputs.deep.b.c.n }}', 3],
  ['{{ labels.team.name }}', 'data'],
  ['{{ trigger.date }}{{ schedule.date }}', '2026-01-012026-01-01'],
  ['{{ flow.namespace }}.{{ flow.id }}', 'company.team.etl'],
  ['{{ tasks.load.state }}', 'SUCCESS'],
  ['{{ inputs.key }}', '******'],
])('%s', (text, value) => {
  expect(attempt(text)).toEqual({ value })
})

test.each([
  ['{{ outputs.nothing.n }}', 1, 'outputs.nothing'],
  ['one\n{{ vars.base | nothing }}', 2, 'nothing'],
  ['{{ 1 + }}', 1, ''],
  ["{{ secret('KEY') }}", 1, 'nobody is shown a secret'],
  ["{{ kv('key') }}", 1, 'only while a task runs'],
])('%s: told with its line', (text, line, message) => {
  const tried = attempt(text)
  expect(tried).toMatchObject({ line, problem: expect.stringContaining(message) })
})
