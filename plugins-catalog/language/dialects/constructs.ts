import { isJsonObject, type Json, type JsonObject } from '../json'
import type { Construct, Finding, Path } from './construct'
import { together } from './flow-text'
import { loops } from './loops'
import { pluginDefaults } from './plugin-defaults'
import { preconditions } from './preconditions'
import { scriptRunner } from './script-runner'
import { currentType, kindOfType, tasksIn, templatesIn, triggersIn, typedMapsIn } from './sites'
import { editTemplate, tokensOf } from './template-edits'
import { triggerConditions } from './trigger-conditions'
import { onlyNew, removedTasks } from './without-equal'
import { workerGroup } from './worker-group'

const slack = { old: 'io.kestra.plugin.notifications.slack.', current: 'io.kestra.plugin.slack.notifications.' }

/**
 * What Kestra 1 and Kestra 2 say differently, in the order in which a rewrite goes through them. A construct without
 * `toOld` writes what Kestra 1 reads, too.
 */
export const constructs: readonly Construct[] = [
  {
    name: 'legacy-type',
    message: 'an older name of a type',
    isWarnedElsewhere: true,
    toNew: flow => typeFindings(flow, type => (type.startsWith(slack.old) ? type : currentType(type))),
  },
  {
    name: 'slack-package',
    message: 'Kestra 2 has slack.notifications for notifications.slack',
    toNew: flow => typeFindings(flow, type => type.replace(slack.old, slack.current)),
    toOld: flow => typeFindings(flow, type => type.replace(slack.current, slack.old)),
  },
  {
    name: 'echo',
    message: 'debug.Echo is now log.Log',
    isWarnedElsewhere: true,
    toNew: flow =>
      tasksIn(flow)
        .filter(({ type }) => type === 'io.kestra.plugin.core.debug.Echo')
        .map(({ task, path }) => ({
          path: [...path, 'type'],
          change: text =>
            task.format === undefined
              ? 'it has no "format", and a Log needs a message'
              : together(
                  text.replaceWord([...path, 'type'], 'io.kestra.plugin.core.log.Log'),
                  text.renameKey([...path, 'format'], 'message'),
                ),
        })),
  },
  scriptRunner,
  {
    name: 'when',
    message: 'Kestra 2 has no "runIf"; it says "when"',
    toNew: flow => renamings(taskMaps(flow), 'runIf', 'when'),
    toOld: flow => renamings(taskMaps(flow), 'when', 'runIf'),
  },
  {
    name: 'check-when',
    message: 'Kestra 2 has no "condition" of a check; it says "when"',
    toNew: flow => renamings(checkMaps(flow), 'condition', 'when'),
    toOld: flow => renamings(checkMaps(flow), 'when', 'condition'),
  },
  { name: 'input-type', message: 'Kestra 2 says BOOL for BOOLEAN and SELECT for ENUM', toNew: inputTypes },
  {
    name: 'required-default',
    message: 'an input with "defaults" needs no "required: false"',
    isWarnedElsewhere: true,
    toNew: flow =>
      itemsOf(flow.inputs, ['inputs'])
        .filter(({ map }) => map.required === false && map.defaults !== undefined)
        .map(({ path }) => ({
          path: [...path, 'required'],
          at: 'key',
          change: text => text.removePair([...path, 'required']),
        })),
  },
  {
    name: 'json',
    message: 'Kestra 2 has no "json"; it says fromJson(...) and | toJson',
    toNew: flow => templatesIn(flow).flatMap(jsonFindings),
  },
  {
    name: 'cancelled',
    message: 'Kestra 2 says CANCELLED for CANCELED',
    toNew: flow => canceledPlaces(flow).map(path => wordFinding(path, 'CANCELLED')),
    toOld: flow =>
      tasksIn(flow)
        .filter(({ task, type }) => kindOfType(type) === 'Exit' && task.state === 'CANCELLED')
        .map(({ path }) => wordFinding([...path, 'state'], 'CANCELED')),
  },
  workerGroup,
  triggerConditions,
  preconditions,
  loops,
  pluginDefaults,
  removedTasks,
  onlyNew,
  {
    name: 'listeners',
    message: 'Kestra 2 has no "listeners"; it says "afterExecution"',
    toNew: flow =>
      flow.listeners === undefined
        ? []
        : [{ path: ['listeners'], at: 'key', change: () => 'write its tasks into "afterExecution", with "when"' }],
  },
]

type Held = { map: JsonObject; path: Path }

function taskMaps(flow: JsonObject): Held[] {
  return tasksIn(flow).map(({ task, path }) => ({ map: task, path }))
}

function checkMaps(flow: JsonObject): Held[] {
  return itemsOf(flow.checks, ['checks'])
}

function itemsOf(list: Json | undefined, path: Path): Held[] {
  if (!Array.isArray(list)) return []
  return list.flatMap((map, index) => (isJsonObject(map) ? [{ map, path: [...path, index] }] : []))
}

function renamings(held: Held[], from: string, to: string): Finding[] {
  return held
    .filter(({ map }) => Object.hasOwn(map, from))
    .map(({ path }) => ({ path: [...path, from], at: 'key', change: text => text.renameKey([...path, from], to) }))
}

function wordFinding(path: Path, word: string): Finding {
  return { path, change: text => text.replaceWord(path, word) }
}

/** Types of tasks, triggers and the plugins they hold that have another name now. */
function typeFindings(flow: JsonObject, rename: (type: string) => string): Finding[] {
  return typedMapsIn(flow)
    .map(({ map, path }) => ({ path: [...path, 'type'], from: String(map.type), to: rename(String(map.type)) }))
    .filter(({ from, to }) => from.startsWith('io.kestra.') && from !== to)
    .map(({ path, to }) => wordFinding(path, to))
}

const newInputTypes: Readonly<Record<string, string>> = { BOOLEAN: 'BOOL', ENUM: 'SELECT' }

/** Of inputs, of what a Pause asks for, and of outputs. */
function inputTypes(flow: JsonObject): Finding[] {
  const asked = tasksIn(flow).flatMap(({ task, path }) => [
    ...itemsOf(task.onResume, [...path, 'onResume']),
    ...itemsOf(task.outputs, [...path, 'outputs']),
  ])
  const typed = [...itemsOf(flow.inputs, ['inputs']), ...itemsOf(flow.outputs, ['outputs']), ...asked]
  return typed.flatMap(({ map, path }) =>
    ['type', 'itemType'].flatMap(name => {
      const word = typeof map[name] === 'string' ? newInputTypes[map[name]] : undefined
      return word === undefined ? [] : [wordFinding([...path, name], word)]
    }),
  )
}

const stateProperties = ['state', 'states', 'in', 'notIn', 'stopAfter']

/** Where the name of a state is expected. */
function canceledPlaces(flow: JsonObject): Path[] {
  const sites = [...taskMaps(flow), ...triggersIn(flow).map(({ trigger, path }) => ({ map: trigger, path }))]
  return sites
    .filter(({ map }) => String(map.type).startsWith('io.kestra.plugin.core.') || Array.isArray(map.stopAfter))
    .flatMap(({ map, path }) => canceledBelow(map, path))
}

function canceledBelow(value: Json, path: Path): Path[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => canceledBelow(item, [...path, index]))
  if (isJsonObject(value))
    return Object.entries(value).flatMap(([name, child]) =>
      name === 'tasks' ? [] : canceledBelow(child, [...path, name]),
    )
  const property = path.findLast(part => typeof part === 'string')
  return value === 'CANCELED' && stateProperties.includes(String(property)) ? [path] : []
}

function jsonFindings({ text: template, path }: { text: string; path: Path }): Finding[] {
  if (!template.includes('json')) return []
  const tokens = tokensOf(template)
  return tokens.flatMap((token, index): Finding[] => {
    const before = tokens[index - 1]?.value
    if (token.type !== 'name' || token.value !== 'json' || before === '.') return []
    const isFilter = before === '|' || before === 'filter'
    const isFunction = tokens[index + 1]?.value === '(' && before !== 'is' && before !== 'not'
    if (!isFilter && !isFunction) return []
    const { offset, line, column } = token.at
    const edit = { start: offset, end: offset + token.value.length, text: isFilter ? 'toJson' : 'fromJson' }
    return [{ path, within: { line, column }, change: text => editTemplate(text, path, template, [edit]) }]
  })
}
