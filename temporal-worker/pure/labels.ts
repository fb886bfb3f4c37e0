import { isJsonObject, type Json, toText } from '#language/json'
import { fromJsonText, PureFailure, type PureTask } from './pure-task'

/** A map or a list of `{ key, value }`; of two labels of one key the later counts. */
export const setLabels: PureTask = properties => {
  const labels = new Map(pairs(fromJsonText(properties.labels, 'labels')))
  for (const [key, value] of labels) {
    if (value === '') throw new PureFailure(`Label values cannot be empty, offending label: ${key}`)
    if (key === '') throw new PureFailure(`Label keys cannot be empty, offending label: ${value}`)
    if (key.startsWith('system.')) throw new PureFailure(`System labels can only be set by the system: ${key}`)
  }
  return { effect: { kind: 'setLabels', labels: [...labels].map(([key, value]) => ({ key, value })) } }
}

function pairs(labels: Json | undefined): [string, string][] {
  if (isJsonObject(labels)) return Object.entries(labels).map(([key, value]) => [key, toText(value)])
  if (!Array.isArray(labels)) throw new PureFailure('labels is neither a map nor a list of keys and values')
  return labels.map(label => {
    if (!isJsonObject(label)) throw new PureFailure('labels holds an entry without key and value')
    return [toText(label.key), toText(label.value)]
  })
}
