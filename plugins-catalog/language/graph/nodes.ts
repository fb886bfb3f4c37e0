import { kindOf, type PlacedTask } from '../check/placed-tasks'
import type { Path } from '../check/problem'
import type { SourceMap } from '../diagnostics'
import type { Json, JsonObject } from '../json'
import { idText, type Keys } from './keys'
import type { NodeBase, TaskNode } from './topology'

export function nodeOf(written: JsonObject, path: Path, key: string, source: SourceMap): NodeBase {
  return {
    key,
    path,
    id: idText(written),
    type: textOf(written.type),
    isDisabled: written.disabled === true || written.disabled === 'true',
    description: textOf(written.description),
    line: source.rangeOf(path).line,
  }
}

/** Without the lists that it holds. */
export function taskNode(placed: PlacedTask, keys: Keys, source: SourceMap): Omit<TaskNode, 'branches'> {
  const { task, path, dependsOn } = placed
  return {
    ...nodeOf(task, path, keys.of('task', task), source),
    itemPath: dependsOn === undefined ? path : path.slice(0, -1),
    subflow: subflowOf(placed),
    condition: textOf(task.runIf) ?? textOf(task.when),
  }
}

function subflowOf(placed: PlacedTask): TaskNode['subflow'] {
  if (!['Subflow', 'ForEachItem'].includes(kindOf(placed))) return undefined
  const { namespace, flowId } = placed.task
  return typeof namespace === 'string' && typeof flowId === 'string' ? { namespace, flowId } : undefined
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}
