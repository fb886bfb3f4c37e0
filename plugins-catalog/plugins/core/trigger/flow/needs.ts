/** What executions must be that a Flow trigger waits for. */
import type { ConditionContext } from '#language/define-plugin'
import { isTruthy } from '#language/expressions/index'
import { holdsTemplate } from '#language/fields'
import { type Json, type JsonObject, toText } from '#language/json'
import { toLabels } from '#language/labels'
import { matchesWhole } from '#language/regex-problem'
import type { FlowName, Need } from '#language/triggers/joint'

export type Upstream = {
  namespace?: string | undefined
  flowId?: string | undefined
  states?: readonly string[] | undefined
  labels?: JsonObject | undefined
  /** Of Kestra 2. */
  when?: string | undefined
}

/** An execution of a flow, in one of some states, with all of some labels. */
export function needOfFlow(upstream: Upstream): Need {
  const { namespace, flowId, states, labels, when } = upstream
  return {
    key: JSON.stringify(['flow', namespace, flowId, states, labels, when]),
    flow: plainName(upstream),
    isSure: labels === undefined && when === undefined && (states === undefined || states.includes('SUCCESS')),
    isMet: context => {
      const { execution } = context
      return (
        execution !== undefined &&
        (namespace === undefined || namespace === execution.namespace) &&
        (flowId === undefined || flowId === execution.flowId) &&
        (states === undefined || states.includes(execution.state)) &&
        hasLabels(execution.labels, labels) &&
        (when === undefined || isTruthy(context.render(when)))
      )
    },
  }
}

type Labels = NonNullable<ConditionContext['execution']>['labels']

function hasLabels(own: Labels, wanted: JsonObject | undefined): boolean {
  return toLabels(wanted).every(({ key, value }) => own.some(label => label.key === key && label.value === value))
}

type Filter = { field: string; type: string; value?: string | undefined; values?: readonly string[] | undefined }
export type Group = { id: string; operand: 'AND' | 'OR'; filters: readonly Filter[] }

/** An execution that passes all filters of a group, or one of them. */
export function needOfGroup({ id, operand, filters }: Group): Need {
  return {
    key: JSON.stringify(['where', id, operand, filters]),
    flow: operand === 'AND' ? flowOfFilters(filters) : {},
    isSure: false,
    isMet: context =>
      operand === 'AND'
        ? filters.every(filter => passes(filter, context))
        : filters.some(filter => passes(filter, context)),
  }
}

function flowOfFilters(filters: readonly Filter[]): FlowName {
  const equal = (field: string) => filters.find(filter => filter.field === field && filter.type === 'EQUAL_TO')?.value
  return plainName({ namespace: equal('NAMESPACE'), flowId: equal('FLOW_ID') })
}

function passes(filter: Filter, context: ConditionContext): boolean {
  const subject = subjectOf(filter, context)
  const text = toText(subject)
  const { value = '', values = [] } = filter
  switch (filter.type) {
    case 'EQUAL_TO':
      return text === value
    case 'NOT_EQUAL_TO':
      return text !== value
    case 'IN':
      return values.includes(text)
    case 'NOT_IN':
      return !values.includes(text)
    case 'IS_TRUE':
      return isTruthy(subject)
    case 'IS_FALSE':
      return !isTruthy(subject)
    case 'IS_NULL':
      return subject === null || subject === ''
    case 'IS_NOT_NULL':
      return subject !== null && subject !== ''
    case 'STARTS_WITH':
      return text.startsWith(value)
    case 'ENDS_WITH':
      return text.endsWith(value)
    case 'CONTAINS':
      return text.includes(value)
    default:
      return matchesWhole(value, text)
  }
}

function subjectOf({ field, value = '' }: Filter, { execution, render }: ConditionContext): Json {
  if (field === 'EXPRESSION') return render(value)
  if (field === 'STATE') return execution?.state ?? null
  return (field === 'NAMESPACE' ? execution?.namespace : execution?.flowId) ?? null
}

/** What a name says before anything is rendered. */
function plainName({ namespace, flowId }: FlowName): FlowName {
  return {
    namespace: holdsTemplate(namespace) ? undefined : namespace,
    flowId: holdsTemplate(flowId) ? undefined : flowId,
  }
}
