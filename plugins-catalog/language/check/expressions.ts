import { checkSyntax, references } from '../expressions'
import { isTemplate } from '../fields'
import { isJsonObject, type Json, type JsonObject } from '../json'
import { dashProblems } from './dashes'
import type { PlacedTask } from './placed-tasks'
import type { Path, Problem } from './problem'
import { createResolver, type Resolver } from './resolve-reference'
import type { Check } from './subject'

/** Every template: its syntax, and what it reads. */
export const checkExpressions: Check = subject => {
  const resolver = createResolver(subject)
  const taskProblems = subject.tasks.flatMap(task => checkTask(task, resolver))
  const flowProblems = ['inputs', 'outputs', 'checks', 'sla'].flatMap(property =>
    checkTemplates(subject.flow[property], [property], resolver, undefined),
  )
  const triggers = Array.isArray(subject.flow.triggers) ? subject.flow.triggers : []
  const triggerProblems = triggers.flatMap((trigger, index) =>
    checkTemplates(trigger, ['triggers', index], null, undefined),
  )
  return [...taskProblems, ...flowProblems, ...triggerProblems]
}

/** A task's own properties; tasks it holds are checked by themselves, and text it shows isn't rendered. */
function checkTask(placed: PlacedTask, resolver: Resolver): Problem[] {
  const held = placed.definition?.children ?? ['tasks', 'then', 'else', 'cases', 'defaults', 'errors', 'finally']
  return Object.entries(placed.task)
    .filter(([name]) => !held.includes(name) && !['id', 'type', 'description'].includes(name))
    .flatMap(([name, value]) => checkTemplates(value, [...placed.path, name], resolver, placed))
}

/** Without a resolver only the syntax is looked at. */
function checkTemplates(
  value: Json | undefined,
  path: Path,
  resolver: Resolver | null,
  reader: PlacedTask | undefined,
): Problem[] {
  return templatesIn(value, path).flatMap(({ text, path: place }) => {
    const syntax = checkSyntax(text).map(({ code, message, line, column, nearest }): Problem => {
      const advice = nearest === undefined ? '' : `; did you mean \`${nearest}\`?`
      return { code, message: message + advice, path: place, within: { line, column } }
    })
    const isUnreadable = syntax.some(({ code }) => code === 'EXPRESSION_SYNTAX')
    if (isUnreadable || resolver === null) return syntax
    const dashes = dashProblems(text, place, resolver.ids)
    if (dashes.length > 0) return [...syntax, ...dashes]
    const unknown = references(text).variables.flatMap(({ path: parts, line, column, optional }) => {
      const found = optional === true ? null : resolver.check(parts, reader)
      return found === null ? [] : [{ ...found, path: place, within: { line, column } }]
    })
    return [...syntax, ...unknown]
  })
}

function templatesIn(value: Json | undefined, path: Path): { text: string; path: Path }[] {
  if (isTemplate(value)) return [{ text: value, path }]
  if (Array.isArray(value)) return value.flatMap((item, index) => templatesIn(item, [...path, index]))
  return isJsonObject(value) ? templatesInMap(value, path) : []
}

function templatesInMap(map: JsonObject, path: Path): { text: string; path: Path }[] {
  return Object.entries(map).flatMap(([key, child]) => templatesIn(child, [...path, key]))
}
