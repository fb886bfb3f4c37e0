import { isJsonObject, type Json, type JsonObject } from '../json'
import type { Construct, Finding, Path } from './construct'
import { currentType, tasksIn, templatesIn } from './sites'
import { tokensOf } from './template-edits'

const core = 'io.kestra.plugin.core.'

/** Types that Kestra 2 took away, with what it has instead. */
const removedTypes: readonly [type: string, instead: string][] = [
  [`${core}state.`, 'keep values with kv.Set and kv.Get'],
  [`${core}execution.Count`, 'its plugin "kestra" counts executions'],
  [`${core}execution.Resume`, 'its plugin "kestra" resumes executions'],
  [`${core}trigger.Toggle`, 'its plugin "kestra" switches triggers'],
  [`${core}log.Fetch`, 'its plugin "kestra" has logs.Fetch'],
  [`${core}flow.Template`, 'call a flow with Subflow'],
  [`${core}storage.LocalFiles`, 'use inputFiles and outputFiles of the tasks'],
]

export const removedTasks: Construct = {
  name: 'removed-task',
  message: 'Kestra 2 has no such task',
  toNew: flow =>
    tasksIn(flow).flatMap(({ type, path }) => {
      const name = currentType(type)
      const removed = removedTypes.find(([old]) => (old.endsWith('.') ? name.startsWith(old) : name === old))
      return removed === undefined ? [] : [leftAt([...path, 'type'], `Kestra 2 has no such task; ${removed[1]}`)]
    }),
}

const newFunctions = new Set([
  'dayOfMonth',
  'dayOfWeek',
  'env',
  'hourOfDay',
  'isDayWeekInMonth',
  'isLastWorkingDay',
  'isPublicHoliday',
  'isWeekend',
  'loopOutputs',
  'monthOfYear',
  'subflow',
])
const newFilters = new Set(['regexExtract', 'regexMatch', 'regexReplace'])
const newProperties = ['quotas', 'policyRefs']

/** What Kestra 1 has nothing for. */
export const onlyNew: Construct = {
  name: 'only-in-kestra-2',
  message: 'Kestra 1 has nothing like it',
  toOld: flow => [
    ...newProperties
      .filter(name => flow[name] !== undefined)
      .map(name => ({ ...leftAt([name], `Kestra 1 has no "${name}"`), at: 'key' as const })),
    ...labelledValues(flow),
    ...templatesIn(flow).flatMap(newWords),
  ],
}

/** Whether an expression calls a function or filter that Kestra 1 doesn't have. */
export function holdsNewWords(text: string): boolean {
  return newWords({ text, path: [] }).length > 0
}

function leftAt(path: Path, reason: string): Finding {
  return { path, change: () => reason }
}

function labelledValues(flow: JsonObject): Finding[] {
  const inputs = Array.isArray(flow.inputs) ? flow.inputs : []
  return inputs.flatMap((input, index) =>
    hasLabels(input) ? [leftAt(['inputs', index, 'values'], 'values of Kestra 1 have no labels')] : [],
  )
}

function hasLabels(input: Json): boolean {
  return isJsonObject(input) && Array.isArray(input.values) && input.values.some(isJsonObject)
}

function newWords({ text, path }: { text: string; path: Path }): Finding[] {
  const tokens = tokensOf(text)
  return tokens.flatMap(({ type, value, at }, index): Finding[] => {
    const before = tokens[index - 1]?.value
    const isFunction = newFunctions.has(value) && tokens[index + 1]?.value === '(' && before !== '.' && before !== '|'
    const isFilter = newFilters.has(value) && before === '|'
    if (type !== 'name' || !(isFunction || isFilter)) return []
    const reason = `Kestra 1 has no ${isFilter ? 'filter' : 'function'} "${value}"`
    return [{ ...leftAt(path, reason), within: { line: at.line, column: at.column } }]
  })
}
