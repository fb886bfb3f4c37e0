import { isTemplate } from '../fields'
import { isJsonObject, type Json, type JsonObject } from '../json'
import { legacyTypeNames } from '../legacy-types'
import type { Path } from './construct'

/** A task with what holds it, nearest first. */
export type TaskSite = { task: JsonObject; type: string; path: Path; holders: { site: TaskSite; branch: string }[] }

const flowBranches = ['tasks', 'errors', 'finally', 'afterExecution']
const holdingProperties = ['tasks', 'then', 'else', 'cases', 'defaults', 'errors', 'finally', 'task', 'onPause']

/** All tasks of a flow, parents first. */
export function tasksIn(flow: JsonObject): TaskSite[] {
  const listeners = Array.isArray(flow.listeners) ? flow.listeners : []
  return [
    ...flowBranches.flatMap(branch => tasksBelow(flow[branch], [branch], [], branch)),
    ...listeners.flatMap((listener, index) =>
      isJsonObject(listener) ? tasksBelow(listener.tasks, ['listeners', index, 'tasks'], [], 'listeners') : [],
    ),
  ]
}

function tasksBelow(value: Json | undefined, path: Path, holders: TaskSite['holders'], branch: string): TaskSite[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => tasksBelow(item, [...path, index], holders, branch))
  if (!isJsonObject(value)) return []
  if (typeof value.type === 'string' && typeof value.id === 'string') return taskAndHeld(value, path, holders)
  // A Dag's `{ task, dependsOn }`, or the cases of a Switch.
  return Object.entries(value).flatMap(([name, child]) =>
    typeof child === 'object' ? tasksBelow(child, [...path, name], holders, branch) : [],
  )
}

function taskAndHeld(task: JsonObject, path: Path, holders: TaskSite['holders']): TaskSite[] {
  const site: TaskSite = { task, type: String(task.type), path, holders }
  const held = holdingProperties.flatMap(name =>
    tasksBelow(task[name], [...path, name], [{ site, branch: name }, ...holders], name),
  )
  return [site, ...held]
}

export type TriggerSite = { trigger: JsonObject; type: string; path: Path }

export function triggersIn(flow: JsonObject): TriggerSite[] {
  const triggers = Array.isArray(flow.triggers) ? flow.triggers : []
  return triggers.flatMap((trigger, index) =>
    isJsonObject(trigger) ? [{ trigger, type: String(trigger.type), path: ['triggers', index] }] : [],
  )
}

/** Every map with a text `type`, at any depth. */
export function typedMapsIn(value: Json, path: Path = []): { map: JsonObject; path: Path }[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => typedMapsIn(item, [...path, index]))
  if (!isJsonObject(value)) return []
  const inner = Object.entries(value).flatMap(([name, child]) => typedMapsIn(child, [...path, name]))
  return typeof value.type === 'string' ? [{ map: value, path }, ...inner] : inner
}

/** Every text that holds an expression. */
export function templatesIn(value: Json | undefined, path: Path = []): { text: string; path: Path }[] {
  if (isTemplate(value)) return [{ text: value, path }]
  if (Array.isArray(value)) return value.flatMap((item, index) => templatesIn(item, [...path, index]))
  if (!isJsonObject(value)) return []
  return Object.entries(value).flatMap(([name, child]) => templatesIn(child, [...path, name]))
}

/** Conditions that are still called so. */
const keptSuffix = ['MultipleCondition', 'FlowCondition', 'FlowNamespaceCondition']

/** The name of today's Kestra for a type of an older one. */
export function currentType(type: string): string {
  const names = legacyTypeNames(type)
  const suffixed = keptSuffix.find(name => type.endsWith(`.${name}`))
  if (suffixed !== undefined) return names.find(name => name.endsWith(`.${suffixed}`)) ?? type
  return names.find(name => name.includes('.condition.') && !name.endsWith('Condition')) ?? names[0] ?? type
}

/** Last part of a type's name of today: `ForEach`. */
export function kindOfType(type: string): string {
  const name = currentType(type)
  return name.startsWith('io.kestra.plugin.core.') ? name.slice(name.lastIndexOf('.') + 1) : ''
}
