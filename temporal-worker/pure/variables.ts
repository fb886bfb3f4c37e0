import { isJsonObject, toText } from '#language/json'
import { fromJsonText, PureFailure, type PureTask, toBoolean } from './pure-task'

export const setVariables: PureTask = properties => {
  const variables = fromJsonText(properties.variables, 'variables')
  if (!isJsonObject(variables)) throw new PureFailure('variables is no map')
  return { effect: { kind: 'setVariables', variables, overwrite: toBoolean(properties.overwrite, true) } }
}

export const unsetVariables: PureTask = properties => {
  const names = fromJsonText(properties.variables, 'variables')
  if (!Array.isArray(names)) throw new PureFailure('variables is no list of names')
  const ignoreMissing = toBoolean(properties.ignoreMissing, false)
  return { effect: { kind: 'unsetVariables', names: names.map(toText), ignoreMissing } }
}
