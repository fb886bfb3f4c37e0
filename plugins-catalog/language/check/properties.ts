import type { z } from 'zod'
import { applyDefaults } from '../compile/defaults'
import { cronProblem } from '../cron'
import type { PluginDefinition } from '../define-plugin'
import { type FieldMeta, isTemplate } from '../fields'
import { type Task, TaskCommon, TriggerCommon } from '../flow'
import { isJsonObject, type Json, type JsonObject } from '../json'
import { suggestion } from '../nearest'
import type { Path, Problem } from './problem'
import type { Check, Subject } from './subject'
import { schemaProblems, unknownProperty } from './zod-problems'

/** Each task by the schema of its type: unknown, missing, wrong and outdated properties. */
export const checkTaskProperties: Check = subject =>
  subject.tasks.flatMap(({ task, path }) =>
    checkPlugin(subject, { written: task, path, kind: 'task', common: TaskCommon }),
  )

export const checkTriggerProperties: Check = subject => {
  const triggers = Array.isArray(subject.flow.triggers) ? subject.flow.triggers : []
  return triggers.flatMap((written, index) => {
    if (!isJsonObject(written)) return []
    const path: Path = ['triggers', index]
    const problems = checkPlugin(subject, { written, path, kind: 'trigger', common: TriggerCommon })
    return [
      ...problems,
      ...checkConditions(subject, written.conditions, [...path, 'conditions']),
      ...checkConditions(subject, written.scheduleConditions, [...path, 'scheduleConditions']),
      ...checkCron(written, path),
    ]
  })
}

type Plugin = { written: JsonObject; path: Path; kind: PluginDefinition['kind']; common?: z.ZodObject }

function checkPlugin(subject: Subject, plugin: Plugin): Problem[] {
  const { written, path, kind, common } = plugin
  const commonProblems = common === undefined ? [] : schemaProblems(common, { value: written, path, templates: false })
  const { type } = written
  if (typeof type !== 'string') return commonProblems
  const definition = subject.catalog.find(type)
  if (definition === undefined || definition.kind !== kind)
    return [...commonProblems, unknownType(subject, type, plugin, definition)]
  const value = applyDefaults(written as Task, subject.pluginDefaults, subject.catalog)
  return [
    ...commonProblems,
    ...unknownProperties(written, path, definition, common),
    ...schemaProblems(definition.properties, { value, path, templates: true }),
    ...deprecations(written, path, definition),
    ...commonDoubts(written, path),
    ...(kind === 'trigger' ? triggerDoubts(written, path) : []),
    ...heldPlugins(subject, written, path, definition),
  ]
}

function unknownType(subject: Subject, type: string, plugin: Plugin, found: PluginDefinition | undefined): Problem {
  const words = { task: 'task', trigger: 'trigger', taskRunner: 'task runner', condition: 'condition' }
  const wanted = words[plugin.kind]
  const message =
    found === undefined
      ? `no ${wanted} has the type "${type}"${suggestion(subject.catalog.nearest(type, plugin.kind))}`
      : `"${type}" is a ${words[found.kind]}, not a ${wanted}`
  return { code: 'UNKNOWN_TYPE', message, path: [...plugin.path, 'type'] }
}

/** Properties of a plugin's own schema and of all its kind. */
function unknownProperties(
  written: JsonObject,
  path: Path,
  definition: PluginDefinition,
  common?: z.ZodObject,
): Problem[] {
  const known = [...Object.keys(definition.properties.shape), ...Object.keys(common?.shape ?? { type: true, id: true })]
  return Object.keys(written)
    .filter(name => !known.includes(name))
    .map(name => unknownProperty(name, path, known))
}

function deprecations(written: JsonObject, path: Path, definition: PluginDefinition): Problem[] {
  const problems: Problem[] = []
  if (definition.deprecated !== undefined) {
    const message = `this type is deprecated: ${definition.deprecated}`
    problems.push({ code: 'DEPRECATED', severity: 'warning', message, path: [...path, 'type'] })
  } else if (written.type !== definition.type) {
    const message = `an older name of ${definition.type}`
    problems.push({ code: 'DEPRECATED', severity: 'warning', message, path: [...path, 'type'] })
  }
  for (const name of Object.keys(written)) {
    const meta = fieldMeta(definition, name)
    if (meta?.deprecated !== true) continue
    const message = `"${name}" is deprecated${meta.instead === undefined ? '' : `; use ${meta.instead}`}`
    problems.push({ code: 'DEPRECATED', severity: 'warning', message, path: [...path, name], at: 'key' })
  }
  return problems
}

/** Common properties that are taken, but not as written. */
function commonDoubts(written: JsonObject, path: Path): Problem[] {
  const doubts: Problem[] = []
  if (written.runIf !== undefined && written.when !== undefined) {
    const message = '"runIf" and "when" say the same; keep one of them'
    doubts.push({ code: 'INVALID_VALUE', severity: 'warning', message, path: [...path, 'when'], at: 'key' })
  }
  if (written.workerGroup !== undefined && written.workerSelector !== undefined) {
    const message = '"workerGroup" and "workerSelector" say the same; only "workerSelector" counts'
    doubts.push({ code: 'INVALID_VALUE', severity: 'warning', message, path: [...path, 'workerGroup'], at: 'key' })
  }
  if (written.assets !== undefined) {
    const message = '"assets" are read, but nothing is kept of them'
    doubts.push({ code: 'NOT_SUPPORTED', severity: 'warning', message, path: [...path, 'assets'], at: 'key' })
  }
  return doubts
}

function triggerDoubts(written: JsonObject, path: Path): Problem[] {
  const message = "a trigger is looked at by the installation's own workers; what it starts goes where its tasks say"
  return ['workerGroup', 'workerSelector']
    .filter(name => written[name] !== undefined)
    .map(name => ({ code: 'NOT_SUPPORTED', severity: 'warning', message, path: [...path, name], at: 'key' }))
}

/** Task runners and conditions inside a plugin, each by its own type. */
function heldPlugins(subject: Subject, written: JsonObject, path: Path, definition: PluginDefinition): Problem[] {
  return Object.entries(written).flatMap(([name, held]) => {
    const kind = fieldMeta(definition, name)?.plugin
    if (kind === undefined)
      return name === 'conditions' && definition.kind === 'condition'
        ? checkConditions(subject, held, [...path, name])
        : []
    return isJsonObject(held) ? checkPlugin(subject, { written: held, path: [...path, name], kind }) : []
  })
}

function checkConditions(subject: Subject, held: Json | undefined, path: Path): Problem[] {
  if (typeof held !== 'object' || held === null) return []
  return Object.entries(held).flatMap(([name, written]) => {
    const place = [...path, Array.isArray(held) ? Number(name) : name]
    return isJsonObject(written) ? checkPlugin(subject, { written, path: place, kind: 'condition' }) : []
  })
}

function checkCron(written: JsonObject, path: Path): Problem[] {
  const { cron } = written
  if (typeof cron !== 'string' || isTemplate(cron)) return []
  const message = cronProblem(cron, { withSeconds: written.withSeconds === true })
  return message === null ? [] : [{ code: 'INVALID_VALUE', message, path: [...path, 'cron'] }]
}

/** What a field carries besides its type; kept below `optional` and `default`. */
export function fieldMeta(definition: PluginDefinition, name: string): FieldMeta | undefined {
  const { shape } = definition.properties
  return Object.hasOwn(shape, name) ? metaOf(shape[name] as z.ZodType) : undefined
}

function metaOf(schema: z.ZodType): FieldMeta | undefined {
  const meta = schema.meta()
  if (meta !== undefined) return meta as FieldMeta
  const inner = (schema._zod.def as unknown as { innerType?: z.ZodType }).innerType
  return inner === undefined ? undefined : metaOf(inner)
}
