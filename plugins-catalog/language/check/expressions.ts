import { checkSyntax } from '../expressions/check-syntax'
import { checkTypes, type TypeProblem } from '../expressions/check-types'
import { references } from '../expressions/references'
import { unknown } from '../expressions/static-types'
import { isTemplate } from '../fields'
import { isJsonObject, type Json, type JsonObject } from '../json'
import { dashProblems } from './dashes'
import { guardedByConditions } from './guards'
import { childProperties, type PlacedTask } from './placed-tasks'
import type { Path, Problem } from './problem'
import { createResolver, mayFail, type Resolver } from './resolve-reference'
import type { Check, Subject } from './subject'
import { type VariableTypes, variableTypes } from './variable-types'

/** How a template is looked at. */
type Scope = {
  resolver: Resolver
  types: VariableTypes
  reader?: PlacedTask
  /** Variables are not followed: the plugin renders the text itself, with more of them, or it is rendered elsewhere. */
  opaque?: true
  /** The text may never be rendered, so nothing is sure. */
  unsure?: true
}

/**
 * Every template: its syntax, what it reads and whether the types fit. An error is what Kestra refuses to save and what
 * fails whenever it is rendered; a warning is what may be given from outside (inputs, vars, labels, trigger) and
 * what may never be rendered (a branch of the template, a task that may fail or is disabled). Text of a task that is no
 * template is a warning, too: Kestra reads it only when it is rendered, so that such a flow saves, and runs up to there.
 */
export const checkExpressions: Check = subject => {
  const scope = { resolver: createResolver(subject), types: variableTypes(subject) }
  return [
    ...subject.tasks.flatMap(task => checkTask(task, scope)),
    ...['inputs', 'outputs', 'checks', 'sla'].flatMap(property =>
      checkTemplates(subject.flow[property], [property], scope),
    ),
    ...checkTriggers(subject, scope),
    ...checkTemplates(subject.flow.variables, ['variables'], { ...scope, opaque: true, unsure: true }),
    ...checkTemplates(subject.flow.pluginDefaults, ['pluginDefaults'], { ...scope, opaque: true, unsure: true }),
  ]
}

/** Conditions of a trigger see more than tasks do: only syntax, names and arguments are looked at. */
function checkTriggers({ flow }: Subject, scope: Scope): Problem[] {
  const triggers = Array.isArray(flow.triggers) ? flow.triggers : []
  return triggers.flatMap((trigger, index) => checkTemplates(trigger, ['triggers', index], { ...scope, opaque: true }))
}

/** A task's own properties; tasks it holds are checked by themselves, and text it shows isn't rendered. */
function checkTask(placed: PlacedTask, scope: Scope): Problem[] {
  const held = childProperties(placed.definition)
  const later = placed.definition?.renderLater ?? []
  return Object.entries(placed.task)
    .filter(([name]) => !held.includes(name) && !['id', 'type', 'description'].includes(name))
    .flatMap(([name, value]) => {
      const opaque = later.includes(name) ? { opaque: true as const } : {}
      return checkTemplates(value, [...placed.path, name], { ...scope, ...opaque, reader: placed })
    })
}

function checkTemplates(value: Json | undefined, path: Path, scope: Scope): Problem[] {
  return templatesIn(value, path).flatMap(({ text, path: place }) => {
    const syntax = checkSyntax(text).map(({ code, message, line, column, nearest }): Problem => {
      const advice = nearest === undefined ? '' : `; did you mean \`${nearest}\`?`
      const isRead = code !== 'EXPRESSION_SYNTAX' || nearest !== undefined || scope.reader === undefined
      const severity = severityOf(scope.unsure === true || !isRead)
      return { code, message: message + advice, path: place, within: { line, column }, ...severity }
    })
    const isUnreadable = syntax.some(({ code }) => code === 'EXPRESSION_SYNTAX')
    return isUnreadable ? syntax : [...syntax, ...checkMeaning(text, place, scope)]
  })
}

function checkMeaning(text: string, path: Path, scope: Scope): Problem[] {
  const { resolver, reader } = scope
  if (scope.opaque) return typeProblems(text, path, scope)
  const dashes = dashProblems(text, path, resolver.ids)
  if (dashes.length > 0) return dashes
  const guarded = guardedByConditions(reader)
  const unknownNames = references(text).variables.flatMap(reads => {
    const { line, column, optional } = reads
    const found = optional === true || guarded(reads.path) ? null : resolver.check(reads, reader)
    return found === null ? [] : [{ ...found, path, within: { line, column } }]
  })
  const isSaid = (problem: Problem) => unknownNames.some(({ within }) => isSamePlace(within, problem.within))
  return [...unknownNames, ...typeProblems(text, path, scope).filter(problem => !isSaid(problem))]
}

function isSamePlace(left: Problem['within'], right: Problem['within']): boolean {
  return left?.line === right?.line && left?.column === right?.column
}

const codes = { key: 'UNKNOWN_VARIABLE', type: 'WRONG_TYPE', arguments: 'WRONG_ARGUMENTS' } as const

function typeProblems(text: string, path: Path, scope: Scope): Problem[] {
  const { types, reader, opaque } = scope
  const guarded = guardedByConditions(reader)
  const typeOf = (name: string) => (opaque || guarded([name]) ? unknown : types(name, reader))
  return checkTypes(text, typeOf).map(problem => {
    const { kind, message, line, column } = problem
    const isUnsure = scope.unsure === true || problem.conditional || mayFail(reader) || isGivenFromOutside(problem)
    return { code: codes[kind], message, path, within: { line, column }, ...severityOf(isUnsure) }
  })
}

/** Only outputs are declared by the flow's own tasks; and a name that is no slip Kestra saves, too. */
function isGivenFromOutside({ kind, root, isOther }: TypeProblem): boolean {
  return kind === 'key' && (root !== 'outputs' || isOther === true)
}

function severityOf(isUnsure: boolean | undefined): { severity?: 'warning' } {
  return isUnsure === true ? { severity: 'warning' } : {}
}

function templatesIn(value: Json | undefined, path: Path): { text: string; path: Path }[] {
  if (isTemplate(value)) return [{ text: value, path }]
  if (Array.isArray(value)) return value.flatMap((item, index) => templatesIn(item, [...path, index]))
  return isJsonObject(value) ? templatesInMap(value, path) : []
}

function templatesInMap(map: JsonObject, path: Path): { text: string; path: Path }[] {
  return Object.entries(map).flatMap(([key, child]) => templatesIn(child, [...path, key]))
}
