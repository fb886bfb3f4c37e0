import { isJsonObject, type Json, type JsonObject } from '../json'
import type { Construct, Path } from './construct'
import { type Edit, type FlowText, indent, together } from './flow-text'
import { triggersIn } from './sites'

/** `preconditions` of a Flow trigger; Kestra 2 has `dependsOn` and `window`. */
export const preconditions: Construct = {
  name: 'preconditions',
  message: 'Kestra 2 has no "preconditions"; it says "dependsOn" and "window"',
  toNew: flow =>
    triggersIn(flow)
      .filter(({ trigger }) => trigger.preconditions !== undefined)
      .map(({ trigger, path }) => ({
        path: [...path, 'preconditions'],
        at: 'key',
        change: text => toDependencies(text, trigger, path),
      })),
  toOld: flow =>
    triggersIn(flow)
      .filter(({ trigger }) => trigger.dependsOn !== undefined)
      .map(({ trigger, path }) => ({
        path: [...path, 'dependsOn'],
        at: 'key',
        change: text => toPreconditions(text, trigger, path),
      })),
}

const names: readonly [old: string, current: string][] = [
  ['window', 'every'],
  ['windowAdvance', 'offset'],
  ['deadline', 'deadline'],
  ['startTime', 'from'],
  ['endTime', 'to'],
]

function toDependencies(text: FlowText, trigger: JsonObject, path: Path): Edit[] | string {
  const written = isJsonObject(trigger.preconditions) ? trigger.preconditions : {}
  const flows = listOf(written.flows)
  if (written.where !== undefined) return 'filters of "where" are written by hand as "when" of each "dependsOn"'
  if (trigger.dependsOn !== undefined || trigger.window !== undefined)
    return '"dependsOn" or "window" is written as well'
  if (flows.length === 0) return 'it names no flows'
  if (flows.length > 1 && readsOutputs(text)) return 'outputs of several flows are read by other names'
  const pair = [...path, 'preconditions']
  const list = text.sourceOf([...pair, 'flows'])
  const whole = text.sourceOf(pair)
  if (list === undefined || whole === undefined) return 'it comes from an anchor or a merge'
  if (whole.source.replace(list.source, '').includes('#')) return 'comments in it would be lost'
  const margin = marginOf(text, pair)
  if (margin === undefined) return 'the trigger is written in braces'
  const window = newWindow(written)
  const lines = window === undefined ? '' : `\n${' '.repeat(margin)}window: ${window}`
  return text.replacePair(pair, `dependsOn:${placed(list.source, text.columnOf(list.start))}${lines}`)
}

/** Undefined where the default says the same. */
function newWindow({ timeWindow, resetOnSuccess = true }: JsonObject): string | undefined {
  if (timeWindow === undefined && resetOnSuccess === true) return undefined
  const written = isJsonObject(timeWindow) ? timeWindow : {}
  const isSliding = written.type === 'SLIDING_WINDOW'
  const said = names.flatMap(([old, current]) =>
    written[old] === undefined ? [] : [`${isSliding ? 'lookback' : current}: ${scalar(written[old])}`],
  )
  // What is not said slides over a day, too.
  const sliding = isSliding && written.window === undefined ? ['lookback: P1D'] : []
  return `{ ${[...said, ...sliding, `fireOnce: ${resetOnSuccess === true}`].join(', ')} }`
}

function toPreconditions(text: FlowText, trigger: JsonObject, path: Path): Edit[] | string {
  const flows = listOf(trigger.dependsOn)
  const window = isJsonObject(trigger.window) ? trigger.window : undefined
  const { mode = 'ALL' } = trigger
  if (flows.length === 0) return 'it names no flows'
  if (flows.some(({ when }) => when !== undefined)) return '"flows" of preconditions have no "when"'
  if (flows.some(({ namespace }) => namespace === undefined)) return '"flows" of preconditions name their namespace'
  if (mode !== 'ALL' || trigger.minSatisfied !== undefined) return 'preconditions wait for all of them'
  if (window?.timezone !== undefined || window?.onMiss !== undefined) return 'a window of Kestra 1 has no such property'
  if (readsOutputs(text)) return 'outputs may be read by the names that Kestra 2 gives them'
  if (trigger.preconditions !== undefined) return '"preconditions" is written as well'
  const pair = [...path, 'dependsOn']
  const list = text.sourceOf(pair)
  if (list === undefined) return 'it comes from an anchor or a merge'
  const margin = marginOf(text, pair)
  if (margin === undefined) return 'the trigger is written in braces'
  const column = text.columnOf(list.start)
  const shift = Math.max(margin + 2 - column, 0)
  const lines = [`id: ${String(trigger.id)}`, ...oldWindow(window)]
  const head = indent(lines.join('\n'), margin + 2)
  const items = placed(list.source.replaceAll('\n', `\n${' '.repeat(shift)}`), column + shift)
  const change = text.replacePair(pair, `preconditions:\n${head}\n${' '.repeat(margin + 2)}flows:${items}`)
  if (window === undefined) return change
  if (text.sourceOf([...path, 'window'])?.source.includes('#')) return 'comments in its window would be lost'
  return together(change, text.removePair([...path, 'window']))
}

function oldWindow(window: JsonObject | undefined): string[] {
  if (window === undefined) return []
  const said = names.flatMap(([old, current]) =>
    window[current] === undefined ? [] : [`${old}: ${scalar(window[current])}`],
  )
  const { lookback, deadline, from } = window
  const sliding = lookback === undefined ? [] : [`window: ${scalar(lookback)}`]
  const types: [isIt: boolean, type: string][] = [
    [deadline !== undefined, 'DAILY_TIME_DEADLINE'],
    [from !== undefined, 'DAILY_TIME_WINDOW'],
    [lookback !== undefined, 'SLIDING_WINDOW'],
  ]
  const type = types.find(([isIt]) => isIt)?.[1]
  const all = [...(type === undefined ? [] : [`type: ${type}`]), ...said, ...sliding]
  return [
    ...(all.length === 0 ? [] : [`timeWindow: { ${all.join(', ')} }`]),
    ...(window.fireOnce === true ? [] : ['resetOnSuccess: false']),
  ]
}

/** The column of a property's name; undefined where its map is written in braces. */
function marginOf(text: FlowText, pair: Path): number | undefined {
  const found = text.pair(pair)
  return found === undefined || found.map.flow ? undefined : text.columnOf(found.key.range![0])
}

/** A list after its property's name: in brackets on the same line, else from the column where it stood. */
function placed(source: string, column: number): string {
  return source.startsWith('[') ? ` ${source}` : `\n${' '.repeat(column)}${source}`
}

function readsOutputs({ text }: FlowText): boolean {
  return /\btrigger\s*(\.\s*outputs|\[)/.test(text)
}

function scalar(value: Json | undefined): string {
  return typeof value === 'string' && value.includes(':') ? JSON.stringify(value) : String(value)
}

function listOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : []
}
