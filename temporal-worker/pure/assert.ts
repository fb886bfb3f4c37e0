import type { Metric } from '#language/define-plugin'
import { isTruthy } from '#language/expressions/index'
import { toText } from '#language/json'
import { fromJsonText, PureFailure, type PureTask } from './pure-task'

export const assertConditions: PureTask = (properties, raw) => {
  const conditions = fromJsonText(properties.conditions, 'conditions')
  if (!Array.isArray(conditions)) throw new PureFailure('conditions is no list')
  const written = Array.isArray(raw.conditions) ? raw.conditions : conditions
  const failed = conditions.flatMap((condition, index) => (isTruthy(condition) ? [] : [toText(written[index])]))
  const metrics: Metric[] = [
    { name: 'failed', type: 'counter', value: failed.length },
    { name: 'success', type: 'counter', value: conditions.length - failed.length },
  ]
  if (failed.length === 0) return { metrics }
  const logs = failed.map(condition => ({ level: 'ERROR', message: `Assertion \`${condition}\` failed!` }))
  const summary = `${failed.length} assertion${failed.length > 1 ? 's' : ''} failed!`
  throw new PureFailure(toText(properties.errorMessage) || summary, { logs, metrics })
}
