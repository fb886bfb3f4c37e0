import type { Metric } from '#language/define-plugin'
import { parseDuration } from '#language/durations'
import { isJsonObject, type Json, toText } from '#language/json'
import { fromJsonText, PureFailure, type PureTask } from './pure-task'

export const publishMetrics: PureTask = properties => {
  const metrics = fromJsonText(properties.metrics, 'metrics')
  if (!Array.isArray(metrics)) throw new PureFailure('metrics is no list')
  return { metrics: metrics.map(toMetric) }
}

function toMetric(metric: Json): Metric {
  if (!isJsonObject(metric)) throw new PureFailure('metrics holds an entry that is no map')
  const type = toText(metric.type).toLowerCase()
  if (type !== 'counter' && type !== 'timer' && type !== 'gauge') throw new PureFailure(`${type} is no type of metric`)
  const value = type === 'timer' ? (parseDuration(metric.value) ?? Number.NaN) / 1000 : Number(metric.value)
  if (!Number.isFinite(value)) throw new PureFailure(`${toText(metric.value)} is no value of a ${type}`)
  const tags = isJsonObject(metric.tags) ? metric.tags : {}
  return {
    name: toText(metric.name),
    type,
    value,
    tags: Object.fromEntries(Object.entries(tags).map(([key, tag]) => [key, toText(tag)])),
  }
}
