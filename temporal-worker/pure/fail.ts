import { isTruthy } from '#language/expressions/index'
import { toText } from '#language/json'
import { PureFailure, type PureTask } from './pure-task'

export const fail: PureTask = ({ condition, errorMessage }, raw) => {
  if (raw.condition !== undefined && !isTruthy(condition)) return {}
  throw new PureFailure(toText(errorMessage) || 'Task failure')
}
