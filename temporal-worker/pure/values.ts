import { isJsonObject, toText } from '#language/json'
import { fromJsonText, PureFailure, type PureTask } from './pure-task'

export const returnValue: PureTask = ({ format }, raw) => {
  if (raw.format === undefined) return {}
  const value = toText(format)
  return { outputs: { value }, metrics: [{ name: 'length', type: 'counter', value: value.length }] }
}

export const outputValues: PureTask = properties => {
  const values = fromJsonText(properties.values, 'values')
  if (!isJsonObject(values)) throw new PureFailure('values is no map')
  return { outputs: { values } }
}
