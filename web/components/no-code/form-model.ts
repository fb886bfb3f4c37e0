import type { PluginDefinition } from '#language/define-plugin'
import { commonSchema, flowSchema, ownSchema } from '#language/editor-schema'
import { isJsonObject, type Json } from '#language/json'
import { commonText } from '#text/common'
import { formText } from '#text/form'
import { type Field, fieldsOf, type Shape } from './shapes'

/** Fields that are shown under one heading. */
export type FormGroup = { title: string | undefined; fields: Field[] }

/** Written by the head of the form, or of no use in a text that one edits. */
const inHead = new Set(['id', 'type'])
const hiddenOfFlow = new Set(['tenantId', 'revision', 'deleted', 'policyRefs', 'listeners'])
const taskLists = ['tasks', 'errors', 'finally', 'afterExecution', 'triggers']
const flowGroups: [title: string | undefined, names: string[]][] = [
  [undefined, ['id', 'namespace', 'description', 'labels']],
  [formText.tasks, ['tasks']],
  [commonText.triggers, ['triggers']],
  [formText.inputsAndVariables, ['inputs', 'variables']],
  [formText.outputs, ['outputs']],
  [formText.whenSomethingFailsEnd, ['errors', 'finally', 'afterExecution']],
]

const groupsOf = new WeakMap<PluginDefinition, FormGroup[]>()

/** The form of a task, a trigger, or another plugin: what it needs, what it may have, and what all of its kind may have. */
export function formOfPlugin(definition: PluginDefinition): FormGroup[] {
  const known = groupsOf.get(definition)
  if (known) return known
  const own = fieldsOf(ownSchema(definition)).filter(({ name }) => name !== 'type')
  const ownNames = new Set(own.map(({ name }) => name))
  const common = fieldsOf(commonSchema(definition.kind)).filter(({ name }) => !inHead.has(name) && !ownNames.has(name))
  const groups = [
    { title: undefined, fields: own.filter(({ isRequired }) => isRequired) },
    { title: formText.moreProperties, fields: own.filter(({ isRequired }) => !isRequired) },
    { title: definition.kind === 'task' ? formText.commonToAllTasks : formText.commonProperties, fields: common },
  ].filter(({ fields }) => fields.length > 0)
  groupsOf.set(definition, groups)
  return groups
}

/** The fields of a plugin inside a task, without its `type`. */
export function fieldsOfPlugin(definition: PluginDefinition): Field[] {
  return formOfPlugin(definition).flatMap(({ fields }) => fields)
}

let flowForm: FormGroup[] | undefined

/** The form of a flow itself. */
export function formOfFlow(): FormGroup[] {
  flowForm ??= groupFlow(
    fieldsOf(flowSchema())
      .filter(({ name }) => !hiddenOfFlow.has(name))
      .map(field => ({ ...field, shape: flowShapes[field.name] ?? field.shape })),
  )
  return flowForm
}

const text: Shape = { kind: 'text', format: 'line' }
const flowShapes: Record<string, Shape> = {
  ...Object.fromEntries(taskLists.map(name => [name, { kind: 'tasks' }] as const)),
  labels: { kind: 'map', value: text },
  variables: { kind: 'map', value: { kind: 'any' } },
}

/** What is written and no field of the form is about: mistyped, or left over from another type. */
export function unknownFields(groups: readonly FormGroup[], value: Json | undefined): FormGroup[] {
  const known = new Set([...inHead, ...hiddenOfFlow, ...groups.flatMap(({ fields }) => fields.map(({ name }) => name))])
  const names = isJsonObject(value) ? Object.keys(value).filter(name => !known.has(name)) : []
  const fields = names.map(
    (name): Field => ({
      name,
      shape: { kind: 'any' },
      description: undefined,
      isRequired: false,
      isDeprecated: false,
      fallback: undefined,
    }),
  )
  return fields.length > 0 ? [{ title: formText.otherProperties, fields }] : []
}

function groupFlow(fields: Field[]): FormGroup[] {
  const named = new Set(flowGroups.flatMap(([, names]) => names))
  const pick = (names: string[]) => names.flatMap(name => fields.filter(field => field.name === name))
  return [
    ...flowGroups.map(([title, names]) => ({ title, fields: pick(names) })),
    { title: formText.moreProperties, fields: fields.filter(({ name }) => !named.has(name)) },
  ]
}
