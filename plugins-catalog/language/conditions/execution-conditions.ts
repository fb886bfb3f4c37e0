/** Conditions on the execution that a trigger or a listener follows. */
import type { ConditionContext } from '../define-plugin'
import { isTruthy } from '../expressions/render'
import type { Json } from '../json'
import { toLabels } from '../labels'

type States = { in?: readonly string[] | undefined; notIn?: readonly string[] | undefined }

export function hasState(states: States, context: ConditionContext): boolean {
  return isAmong(states, executionOf(context).state)
}

/** Of an attempt of a task that was tried more than once. */
export function hasRetryAttempt(states: States, context: ConditionContext): boolean {
  return executionOf(context).retriedStates.some(state => isAmong(states, state))
}

export function isOfFlow(flow: { namespace: string; flowId: string }, context: ConditionContext): boolean {
  const execution = executionOf(context)
  return execution.namespace === flow.namespace && execution.flowId === flow.flowId
}

export function isOfNamespace(
  wanted: { namespace: string; comparison?: string | undefined; prefix?: boolean | string },
  context: ConditionContext,
): boolean {
  const { namespace } = executionOf(context)
  const comparison = wanted.comparison ?? (String(wanted.prefix) === 'true' ? 'PREFIX' : 'EQUALS')
  if (comparison === 'PREFIX') return namespace.startsWith(wanted.namespace)
  return comparison === 'SUFFIX' ? namespace.endsWith(wanted.namespace) : namespace === wanted.namespace
}

export function hasLabels({ labels: wanted }: { labels: Json }, context: ConditionContext): boolean {
  const { labels } = executionOf(context)
  return toLabels(wanted).every(({ key, value }) => labels.some(own => own.key === key && own.value === value))
}

/** An execution without outputs has none that an expression could be true of. */
export function hasOutputs({ expression }: { expression: string }, context: ConditionContext): boolean {
  const { outputs } = executionOf(context)
  return Object.keys(outputs).length > 0 && isTruthy(context.render(expression, { trigger: { outputs } }))
}

function isAmong({ in: wanted, notIn = [] }: States, state: string): boolean {
  return (wanted === undefined || wanted.includes(state)) && !notIn.includes(state)
}

function executionOf({ execution }: ConditionContext): NonNullable<ConditionContext['execution']> {
  if (execution !== undefined) return execution
  throw new Error('A condition on an execution fits only a trigger that follows executions, such as Flow')
}
