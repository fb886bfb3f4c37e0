import { ancestorsOf, idOf, isLoop, kindOf, type PlacedTask } from '../check/placed-tasks'
import { schemaAt } from '../check/schema-at'
import { describeType, type StaticType, typeAtKey } from '../expressions/static-types'
import { isJsonObject, type JsonObject } from '../json'
import type { CompletionItem, ItemKind } from './items'
import type { Situation } from './situation'

/** Variables by their first name, and what is said of them. */
const roots: { readonly [name: string]: string } = {
  inputs: 'What was given when the flow was started.',
  vars: 'The flow’s `variables`.',
  outputs: 'What tasks that ran before handed out: `outputs.<id>.<name>`.',
  labels: 'Labels of the execution.',
  flow: 'This flow: `id`, `namespace`, `revision`.',
  execution: 'This execution: `id`, `startDate`, `state`.',
  trigger: 'What the trigger that started the flow tells.',
  task: 'This task: `id`, `type`.',
  taskrun: 'This run of the task: `id`, `startDate`, `attemptsCount`; in a loop `value` and `iteration`.',
  tasks: 'States of the tasks that ran: `tasks.<id>.state`.',
  item: 'What a Loop goes around with: `value`, `index`, `key`.',
  parent: 'The task that holds this one.',
  parents: 'The tasks that hold this one, nearest first.',
  envs: 'Variables of the server’s environment that flows may read.',
  error: 'In an `errors` branch: what went wrong.',
}

export function rootItems(situation: Situation): CompletionItem[] {
  return Object.entries(roots)
    .filter(([name]) => isThere(name, situation))
    .map(([label, documentation]) => ({ label, kind: 'variable', detail: 'variable', documentation, insert: label }))
}

function isThere(name: string, { reader, isTrigger }: Situation): boolean {
  const holders = reader === undefined ? [] : ancestorsOf(reader)
  if (name === 'item') return holders.some(task => kindOf(task) === 'Loop')
  if (name === 'parent' || name === 'parents') return holders.some(isLoop)
  if (name === 'task' || name === 'taskrun' || name === 'error') return reader !== undefined
  return !(isTrigger && (name === 'outputs' || name === 'tasks'))
}

export function documentRoot(name: string): string | undefined {
  return Object.hasOwn(roots, name) ? `\`${name}\`\n\n${roots[name]}` : undefined
}

/** Keys of what a chain of names leads to. */
export function keyItems(situation: Situation, path: readonly string[]): CompletionItem[] {
  const [root = '', ...keys] = path
  if (root === 'tasks') return keys.length === 0 ? taskStateItems(situation) : keys.length === 1 ? [stateItem] : []
  const type = keys.reduce<StaticType | undefined>(
    (at, key) => at && typeAtKey(at, key === '*' ? undefined : key),
    situation.types(root, situation.reader),
  )
  if (type?.kind !== 'map') return []
  const isOutputs = root === 'outputs' && keys.length === 0
  return Object.entries(type.keys)
    .filter(([name]) => !isOutputs || isReadable(situation, name))
    .map(([name, held]) => ({
      label: name,
      kind: kindOfRoot(root),
      detail: detailOf(situation, [...path, name], held),
      documentation: documentKey(situation, [...path, name]) ?? '',
      insert: name,
    }))
}

function isReadable({ resolver, reader, isTrigger }: Situation, id: string): boolean {
  return !isTrigger && resolver.check({ path: ['outputs', id] }, reader) === null
}

function kindOfRoot(root: string): ItemKind {
  return root === 'inputs' ? 'input' : root === 'outputs' ? 'output' : 'variable'
}

const stateItem: CompletionItem = {
  label: 'state',
  kind: 'variable',
  detail: 'text',
  documentation: 'The state of the task’s run.',
  insert: 'state',
}

function taskStateItems({ tasks }: Situation): CompletionItem[] {
  return tasks.flatMap(task => {
    const id = idOf(task)
    return id === undefined
      ? []
      : [{ label: id, kind: 'variable', detail: typeName(task), documentation: '', insert: id }]
  })
}

function detailOf(situation: Situation, path: readonly string[], type: StaticType): string {
  if (path[0] === 'inputs') return String(inputAt(situation.flow, path.slice(1))?.type ?? words(type))
  const task = path[0] === 'outputs' && path.length === 2 ? taskOf(situation, path[1]!) : undefined
  return task === undefined ? words(type) : typeName(task)
}

function words(type: StaticType): string {
  return type.kind === 'unknown' ? '' : describeType(type).replace(/^a /, '')
}

function typeName({ task }: PlacedTask): string {
  const type = String(task.type ?? '')
  return type.slice(type.lastIndexOf('.') + 1)
}

function taskOf({ tasks }: Situation, id: string): PlacedTask | undefined {
  return tasks.find(task => idOf(task) === id)
}

/** What is written about a key: by who wrote the flow, or by the plugin that gives it. Markdown. */
export function documentKey(situation: Situation, path: readonly string[]): string | undefined {
  const [root, ...keys] = path
  if (root === 'inputs') return documentInput(inputAt(situation.flow, keys))
  if (root === 'outputs') return documentOutput(situation, keys)
  const held =
    root === 'vars' && isJsonObject(situation.flow.variables) ? situation.flow.variables[keys[0] ?? ''] : undefined
  return held === undefined ? undefined : `\`\`\`json\n${JSON.stringify(held, null, 2).slice(0, 400)}\n\`\`\``
}

function documentInput(input: JsonObject | undefined): string | undefined {
  if (input === undefined) return undefined
  const about = [input.displayName, input.description].filter(text => typeof text === 'string')
  const fallback = input.defaults === undefined ? [] : [`By default \`${JSON.stringify(input.defaults)}\`.`]
  return [`Input of type \`${String(input.type)}\`.`, ...about, ...fallback].join('\n\n')
}

function inputAt(flow: JsonObject, keys: readonly string[]): JsonObject | undefined {
  const inputs = Array.isArray(flow.inputs) ? flow.inputs.filter(isJsonObject) : []
  const id = (input: JsonObject) => input.id ?? input.name
  const direct = inputs.find(input => id(input) === keys.join('.'))
  const form = keys.length < 2 ? undefined : inputs.find(input => id(input) === keys[0])
  return direct ?? (Array.isArray(form?.inputs) ? inputAt({ inputs: form.inputs }, keys.slice(1)) : undefined)
}

function documentOutput(situation: Situation, [id = '', ...keys]: readonly string[]): string | undefined {
  const task = taskOf(situation, id)
  if (task === undefined) return undefined
  const { definition } = task
  const about = typeof task.task.description === 'string' ? `\n\n${task.task.description}` : ''
  if (keys.length === 0)
    return `Task of type \`${String(task.task.type)}\`${definition === undefined ? '' : `: ${definition.title}`}.${about}`
  // The value of a loop's round stands before what the plugin declares.
  const declared = keys.filter(key => key !== '*')
  const schema = definition?.outputs === undefined ? undefined : schemaAt(definition.outputs, declared, undefined)
  const description = schema === undefined ? undefined : descriptionIn(definition?.outputs, declared)
  return description
}

function descriptionIn(schema: unknown, keys: readonly string[]): string | undefined {
  const around = schemaAt(schema as Parameters<typeof schemaAt>[0], keys.slice(0, -1), undefined)
  const shape = (around?._zod.def as { shape?: { [name: string]: { description?: string | undefined } } } | undefined)
    ?.shape
  return shape?.[keys.at(-1) ?? '']?.description
}
