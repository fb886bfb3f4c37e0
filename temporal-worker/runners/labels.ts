import { createHash } from 'node:crypto'
import type { RunnerRequest } from './runner'

type Key = RunnerRequest['key']

export const keyLabels = {
  instance: 'millrace.instance',
  tenantId: 'millrace.tenant',
  executionId: 'millrace.execution',
  taskRunId: 'millrace.task-run',
  attempt: 'millrace.attempt',
  /** On containers that their flow wants to keep. */
  keep: 'millrace.keep',
} as const

const longestValue = 63

/** A value as Kubernetes allows labels, so that the same selectors work everywhere. */
export function normalizeLabel(value: string): string {
  return value
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .slice(0, longestValue)
    .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '')
}

export function labelsOf(instance: string, request: RunnerRequest, keep: boolean): Record<string, string> {
  const { key } = request
  const labels = Object.entries(request.labels).map(([name, value]) => [name, normalizeLabel(value)] as const)
  return {
    ...Object.fromEntries(labels),
    [keyLabels.instance]: instance,
    [keyLabels.tenantId]: key.tenantId,
    [keyLabels.executionId]: key.executionId,
    [keyLabels.taskRunId]: key.taskRunId,
    [keyLabels.attempt]: String(key.attempt),
    ...(keep && { [keyLabels.keep]: 'true' }),
  }
}

export function keyOfLabels(labels: Record<string, string>): Key {
  return {
    tenantId: labels[keyLabels.tenantId] ?? '',
    executionId: labels[keyLabels.executionId] ?? '',
    taskRunId: labels[keyLabels.taskRunId] ?? '',
    attempt: Number(labels[keyLabels.attempt]),
  }
}

/** One name per attempt of a task run: the daemon itself refuses a second container. */
export function containerName(instance: string, key: Key): string {
  const text = JSON.stringify([instance, key.tenantId, key.executionId, key.taskRunId, key.attempt])
  return `millrace-${createHash('sha256').update(text).digest('hex').slice(0, 32)}`
}
