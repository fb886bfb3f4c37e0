import {
  anyMapOf,
  boolean,
  listOf,
  type MapType,
  mapOf,
  number,
  type StaticType,
  text,
  typeOfValue,
  unknown,
} from '../expressions/static-types'
import { isTemplate } from '../fields'
import type { InputType } from '../inputs/input'
import { isJsonObject, type Json, type JsonObject } from '../json'
import { ancestorsOf, idOf, isKeyedLoop, isLoop, kindOf, type PlacedTask } from './placed-tasks'
import { typeOfSchema } from './schema-types'
import type { Subject } from './subject'

/** The type of a variable as a task sees it; from `undefined`, as the flow's own templates do. */
export type VariableTypes = (name: string, reader: PlacedTask | undefined) => StaticType

/** Types of all variables that a flow's templates may read: followed through inputs, variables, labels, triggers and outputs. */
export function variableTypes(subject: Subject): VariableTypes {
  const shared: { readonly [name: string]: StaticType } = {
    inputs: inputsType(subject.flow.inputs),
    vars: varsType(subject),
    labels: labelsType(subject),
    trigger: triggerType(subject),
    schedule: mapOf({ date: text, next: text, previous: text }),
    outputs: outputsType(subject.tasks),
    flow: mapOf({ id: text, namespace: text, revision: number, tenantId: text }),
    execution: mapOf({
      id: text,
      startDate: text,
      endDate: text,
      state: text,
      originalId: text,
      outputs: anyMapOf(unknown),
    }),
    envs: anyMapOf(text),
  }
  return (name, reader) => {
    if (Object.hasOwn(shared, name)) return shared[name]!
    return reader !== undefined && Object.hasOwn(ofReader, name) ? ofReader[name]!(reader) : unknown
  }
}

const ofReader: { readonly [name: string]: (reader: PlacedTask) => StaticType } = {
  task: () => mapOf({ id: text, type: text }),
  taskrun: taskrunType,
  item: itemType,
  parent: parentType,
  parents: reader => listOf(parentType(reader)),
}

const scalarInputs: Partial<Record<InputType, StaticType>> = {
  STRING: text,
  SECRET: text,
  SELECT: text,
  ENUM: text,
  FILE: text,
  URI: text,
  EMAIL: text,
  INT: number,
  FLOAT: number,
  BOOL: boolean,
  BOOLEAN: boolean,
}

/** Inputs nested by the dots of their ids, and by the forms that hold them. */
function inputsType(written: Json | undefined): MapType {
  const root: { [name: string]: StaticType } = {}
  for (const input of Array.isArray(written) ? written : []) {
    const id = isJsonObject(input) ? (input.id ?? input.name) : undefined
    if (typeof id === 'string') setNested(root, id.split('.'), inputType(input as JsonObject))
  }
  return mapOf(root)
}

function inputType(input: JsonObject): StaticType {
  const type = String(input.type) as InputType
  if (String(input.type) === 'FORM') return inputsType(input.inputs)
  if (type === 'ARRAY' || type === 'MULTISELECT') {
    const items = String(input.itemType ?? 'STRING') as InputType
    return listOf((Object.hasOwn(scalarInputs, items) ? scalarInputs[items] : undefined) ?? unknown)
  }
  return (Object.hasOwn(scalarInputs, type) ? scalarInputs[type] : undefined) ?? unknown
}

function setNested(root: { [name: string]: StaticType }, [first = '', ...rest]: string[], type: StaticType): void {
  if (rest.length === 0) {
    define(root, first, type)
    return
  }
  const existing = Object.hasOwn(root, first) ? root[first] : undefined
  const keys = { ...(existing?.kind === 'map' ? existing.keys : {}) }
  setNested(keys, rest, type)
  define(root, first, mapOf(keys))
}

function define(holder: { [name: string]: StaticType }, name: string, type: StaticType): void {
  Object.defineProperty(holder, name, { value: type, enumerable: true, configurable: true, writable: true })
}

/** Variables as written; where a task sets some at run time, these may be anything. */
function varsType({ flow, tasks }: Subject): MapType {
  const written = isJsonObject(flow.variables) ? typeOfValue(flow.variables) : mapOf({})
  const keys = { ...(written.kind === 'map' ? written.keys : {}) }
  let isOpen = false
  for (const task of tasks) {
    if (kindOf(task) !== 'SetVariables') continue
    const set = task.task.variables
    if (!isJsonObject(set) || Object.keys(set).some(isTemplate)) isOpen = true
    for (const name of isJsonObject(set) ? Object.keys(set) : []) define(keys, name, unknown)
  }
  return { kind: 'map', keys, ...(isOpen ? { others: unknown } : {}) }
}

/** Labels of the flow, of its triggers and of its tasks; whoever starts it may add others. */
function labelsType({ flow, tasks }: Subject): MapType {
  const triggers = Array.isArray(flow.triggers) ? flow.triggers : []
  const sources = [
    flow.labels,
    ...triggers.map(trigger => (isJsonObject(trigger) ? trigger.labels : undefined)),
    ...tasks.filter(task => kindOf(task) === 'Labels').map(({ task }) => task.labels),
  ]
  const keys: { [name: string]: StaticType } = { system: anyMapOf(text) }
  for (const name of sources.flatMap(labelKeys)) {
    if (name === undefined) return anyMapOf(unknown)
    setNested(keys, name.split('.'), text)
  }
  return mapOf(keys)
}

/** Undefined stands for a key that only the run can tell. */
function labelKeys(written: Json | undefined): (string | undefined)[] {
  if (written === undefined) return []
  if (Array.isArray(written)) {
    return written.map(label => {
      const key = isJsonObject(label) ? label.key : undefined
      return typeof key === 'string' && !isTemplate(key) ? key : undefined
    })
  }
  return isJsonObject(written) ? Object.keys(written).map(key => (isTemplate(key) ? undefined : key)) : [undefined]
}

/** What a flow that was started by another one reads; any flow may be. */
const startedByFlow = { executionId: text, namespace: text, flowId: text, flowRevision: number }

/** All that one of the triggers gives: which one started the flow, only the run can tell. */
function triggerType({ flow, catalog }: Subject): MapType {
  const keys: { [name: string]: StaticType } = { ...startedByFlow }
  for (const trigger of Array.isArray(flow.triggers) ? flow.triggers : []) {
    const type = isJsonObject(trigger) && typeof trigger.type === 'string' ? trigger.type : ''
    const outputs = catalog.find(type)?.outputs
    const given = outputs === undefined ? anyMapOf(unknown) : typeOfSchema(outputs)
    if (given.kind !== 'map' || given.others !== undefined) return anyMapOf(unknown)
    for (const [name, child] of Object.entries(given.keys)) keys[name] = Object.hasOwn(keys, name) ? unknown : child
  }
  return mapOf(keys)
}

/** By task; within a loop of Kestra 1 by the loops' values first. A task that nobody knows is another check's. */
function outputsType(tasks: readonly PlacedTask[]): MapType {
  const keys: { [id: string]: StaticType } = {}
  for (const task of tasks) {
    const id = idOf(task)
    if (id === undefined) continue
    define(keys, id, withinLoops(task, taskOutputs(task)))
    if (kindOf(task) !== 'ForEachItem') continue
    for (const part of ['split', 'items', 'merge']) define(keys, `${id}_${part}`, unknown)
  }
  return { kind: 'map', keys, others: unknown }
}

function taskOutputs({ task, definition }: PlacedTask): StaticType {
  if (definition === undefined || definition.kind !== 'task') return unknown
  if (definition.outputs !== undefined) return ownOutputs(task, definition.type) ?? typeOfSchema(definition.outputs)
  return { ...mapOf({}), note: `${definition.type} gives no outputs` }
}

/** Types whose outputs the task itself spells out. */
function ownOutputs(task: JsonObject, type: string): StaticType | undefined {
  if (!type.endsWith('.OutputValues') || !isJsonObject(task.values)) return undefined
  const names = Object.keys(task.values)
  const values = names.some(isTemplate)
    ? anyMapOf(unknown)
    : mapOf(Object.fromEntries(names.map(name => [name, unknown])))
  return mapOf({ values })
}

function withinLoops(task: PlacedTask, type: StaticType): StaticType {
  return ancestorsOf(task).filter(isKeyedLoop).reduce<StaticType>(anyMapOf, type)
}

function taskrunType(reader: PlacedTask): MapType {
  const keys: { [name: string]: StaticType } = { id: text, startDate: text, attemptsCount: number, parentId: text }
  if (kindOf(reader) === 'ForEachItem') Object.assign(keys, { items: text, iteration: number })
  if (!ancestorsOf(reader).some(isLoop)) return mapOf(keys)
  return { kind: 'map', keys: { ...keys, value: text, iteration: number }, others: unknown }
}

/** Of Kestra 2's Loop: what goes around. */
function itemType(reader: PlacedTask): StaticType {
  const loops = ancestorsOf(reader).filter(task => kindOf(task) === 'Loop' || task.definition === undefined)
  if (loops.length === 0) return { ...mapOf({}), note: 'only tasks inside a Loop have an item' }
  return itemAt(loops.length)
}

function itemAt(depth: number): StaticType {
  const own = { value: unknown, index: number, key: unknown }
  if (depth < 2) return mapOf(own)
  const parent = itemAt(depth - 1)
  return mapOf({ ...own, parent, parents: listOf(parent) })
}

function parentType(reader: PlacedTask): StaticType {
  if (reader.parent === undefined) return { ...mapOf({}), note: 'this task stands in no other' }
  return { kind: 'map', keys: { taskrun: mapOf({ value: text }), outputs: unknown, task: mapOf({ id: text }) } }
}
