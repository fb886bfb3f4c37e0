/** Conditions of the old `listeners`, asked of an execution that has ended. */
import { renderCondition } from '#language/conditions/ask-condition'
import * as dates from '#language/conditions/date-conditions'
import * as executions from '#language/conditions/execution-conditions'
import * as held from '#language/conditions/held-conditions'
import type { ConditionContext } from '#language/define-plugin'
import { renderDeep } from '#language/expressions/index'
import { PendingCall } from '#language/expressions/types'
import { isJsonObject, type JsonObject, toText } from '#language/json'
import type { ExecutionState } from './execution-state'
import { failureMessage } from './failure-message'
import { executionScope, workflowEnv } from './scope'

/** By name: a workflow knows no plugins, lest their schemas come into its sandbox. */
const kinds: Readonly<Record<string, (condition: never, context: ConditionContext) => boolean>> = {
  DateTimeBetween: dates.isBetweenDates,
  DayWeek: dates.isDayOfWeek,
  DayWeekInMonth: dates.isDayInMonth,
  TimeBetween: dates.isBetweenTimes,
  Weekend: dates.isWeekend,
  ExecutionStatus: executions.hasState,
  ExecutionFlow: executions.isOfFlow,
  ExecutionNamespace: executions.isOfNamespace,
  ExecutionLabels: executions.hasLabels,
  ExecutionOutputs: executions.hasOutputs,
  HasRetryAttempt: executions.hasRetryAttempt,
  Expression: held.isTrue,
  Not: held.holdsNone,
  Or: held.holdsOne,
}

const group = 'io.kestra.plugin.core.condition.'

/** Whether all conditions hold; one that can't be told does not, and the execution's log says why. */
export function holdAll(state: ExecutionState, conditions: readonly JsonObject[]): boolean {
  try {
    return conditions.every(contextOf(state).holds)
  } catch (error) {
    const why = error instanceof PendingCall ? `${error.callName}() can't be used there` : failureMessage(error)
    state.log(undefined, 'WARN', `A listener does not run, since its conditions can't be told: ${why}`)
    return false
  }
}

function contextOf(state: ExecutionState): ConditionContext {
  const { input, labels, current, flowOutputs } = state
  const { namespace, id: flowId } = input.plan.flow
  const context: ConditionContext = {
    date: new Date(),
    render: (value, extra = {}) => renderDeep(value, { ...executionScope(state), ...extra }, workflowEnv()),
    execution: {
      id: input.executionId,
      namespace,
      flowId,
      state: current,
      labels,
      outputs: flowOutputs ?? {},
      retriedStates: retriedStates(state),
    },
    holds: condition => holds(condition, context),
  }
  return context
}

function holds(condition: JsonObject, context: ConditionContext): boolean {
  const name = toText(condition.type).slice(group.length)
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined
  if (kind === undefined) throw new Error(`${toText(condition.type)} is no condition of a listener`)
  const { conditions } = condition
  const known = Array.isArray(conditions) ? { ...condition, conditions: conditions.filter(isJsonObject) } : condition
  return kind(renderCondition(known, context) as never, context)
}

function retriedStates(state: ExecutionState): string[] {
  const states: string[] = []
  const collect = (parent?: Parameters<ExecutionState['childrenOf']>[0]): void => {
    for (const run of state.childrenOf(parent)) {
      if (run.attempts.length > 1)
        states.push(...run.attempts.flatMap(({ histories }) => histories.at(-1)?.state ?? []))
      collect(run)
    }
  }
  collect()
  return states
}
