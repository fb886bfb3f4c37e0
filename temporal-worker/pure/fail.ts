import { isTruthy } from '#language/expressions/index'
import { PureFailure, type PureTask, toText } from './pure-task'

export const fail: PureTask = ({ condition, errorMessage }, raw) => {
  if (raw.condition !== undefined && !isTruthy(condition)) return {}
  throw new PureFailure(toText(errorMessage) || 'Task failure')
}
