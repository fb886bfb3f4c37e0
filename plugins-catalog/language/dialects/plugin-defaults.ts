import { isJsonObject, type Json, type JsonObject } from '../json'
import { valueAt } from '../paths'
import type { Construct, Finding, Path } from './construct'
import { type Edit, type FlowText, together } from './flow-text'
import { currentType, tasksIn, triggersIn, typedMapsIn } from './sites'

/** `pluginDefaults` of a flow; Kestra 2 has none, so their values are written into the tasks. */
export const pluginDefaults: Construct = {
  name: 'plugin-defaults',
  message: 'Kestra 2 has no "pluginDefaults"; the values are written into the tasks',
  toNew: flow => ['pluginDefaults', 'taskDefaults'].filter(name => flow[name] !== undefined).map(findingOf),
}

function findingOf(name: string): Finding {
  return { path: [name], at: 'key', change: text => inlined(text, name) }
}

type Default = { type: string; forced: boolean; values: JsonObject; path: Path }
type Target = { map: JsonObject; path: Path }

/** All defaults or none: what is left of the block would keep the flow from Kestra 2 all the same. */
function inlined(text: FlowText, name: string): Edit[] | string {
  const defaults = read(text.flow[name], name)
  if (typeof defaults === 'string') return defaults
  const targets: Target[] = [
    ...tasksIn(text.flow).map(({ task, path }) => ({ map: task, path })),
    ...triggersIn(text.flow).map(({ trigger, path }) => ({ map: trigger, path })),
  ]
  const known = new Set(targets.map(({ path }) => path.join('/')))
  const held = typedMapsIn({ ...text.flow, pluginDefaults: null, taskDefaults: null, inputs: null }).filter(
    ({ path }) => !known.has(path.join('/')),
  )
  if (held.some(({ map }) => defaults.some(found => matches(found, String(map.type)))))
    return 'it gives values to a plugin inside a task; write them there'
  return together(...targets.map(target => valuesFor(text, target, defaults)), text.removePair([name]))
}

function read(value: Json | undefined, name: string): Default[] | string {
  if (!Array.isArray(value)) return 'it is no list'
  const defaults: Default[] = []
  for (const [index, item] of value.entries()) {
    if (!isJsonObject(item) || typeof item.type !== 'string') return 'it is no list of types with values'
    const values = isJsonObject(item.values) ? item.values : {}
    defaults.push({ type: item.type, forced: item.forced === true, values, path: [name, index, 'values'] })
  }
  return defaults
}

function matches({ type: wanted }: Default, type: string): boolean {
  return currentType(wanted) === currentType(type) || type.startsWith(`${wanted}.`)
}

function valuesFor(text: FlowText, target: Target, defaults: readonly Default[]): Edit[] | string {
  const matching = defaults.filter(found => matches(found, String(target.map.type)))
  const edits: (Edit[] | string)[] = []
  const given = new Set<string>()
  for (const { values, forced, path } of matching) {
    for (const [key, value] of Object.entries(values)) {
      const isWritten = target.map[key] !== undefined
      if (given.has(key)) return `two defaults give "${key}" to one task`
      given.add(key)
      if (!isWritten) edits.push(insertion(text, target, key, [...path, key]))
      else if (isJsonObject(value) && isJsonObject(target.map[key])) return `"${key}" merges with what the task writes`
      else if (forced) edits.push(text.replaceValue([...target.path, key], JSON.stringify(value)))
    }
  }
  return together(...edits)
}

/** The value's own text where it fits on a line, so that its quotes stay; else the lines of its block. */
function insertion(text: FlowText, target: Target, key: string, from: Path): Edit[] | string {
  const place = [...target.path, 'type']
  const found = text.sourceOf(from)
  if (found === undefined || /[&*]\w/.test(found.source)) return 'it comes from an anchor or a merge'
  const inBraces = text.pair(place)?.map.flow === true
  if (inBraces || text.pair(from)?.map.flow === true || !found.source.includes('\n')) {
    const isPlain = !found.source.includes('\n') && !(inBraces && /[,[\]{}]/.test(found.source))
    const value = isPlain ? found.source : JSON.stringify(valueAt(text.flow, from) ?? null)
    return text.insertAfter(place, `${key}: ${value}`)
  }
  const pair = text.pair(from)!
  const start = pair.key.range![0]
  const margin = text.columnOf(start)
  const lines = text.text.slice(start, found.end).split('\n')
  const dedented = lines.map((line, index) => (index === 0 ? line : line.slice(Math.min(margin, leading(line)))))
  return text.insertAfter(place, dedented.join('\n'))
}

function leading(line: string): number {
  return line.length - line.trimStart().length
}
