import { parseDuration } from '../durations'
import { isTemplate } from '../fields'
import { isJsonObject, type Json, type JsonObject } from '../json'
import { wholeRegexProblem } from '../regex-problem'
import { listOf, type PlacedTrigger } from './placed-triggers'
import type { Path, Problem } from './problem'
import type { Subject } from './subject'

/** What a trigger says of the executions that it starts after, and of the time in which they must come together. */
export function checkFlowTrigger(placed: PlacedTrigger, { flow, catalog }: Subject): Problem[] {
  const { trigger, path } = placed
  const { preconditions, window } = trigger
  const joining = listOf(trigger.conditions).filter(([{ type }]) => catalog.find(String(type))?.joins !== undefined)
  return [
    ...(isJsonObject(preconditions)
      ? checkOldWindow(preconditions.timeWindow, [...path, 'preconditions', 'timeWindow'])
      : []),
    ...(isJsonObject(window) && placed.kind === 'Flow' ? checkNewWindow(window, [...path, 'window']) : []),
    ...joining.flatMap(([condition, index]) => checkJoining(condition, [...path, 'conditions', index], placed)),
    ...checkMode(placed),
    ...checkFilters(placed),
    ...checkOwnFlow(placed, flow),
  ]
}

type Kind = { name: string; needs: readonly string[]; takes: readonly string[] }

/** Of each kind of time window: what it needs, and what else it takes. */
const oldWindows: { readonly [type: string]: Omit<Kind, 'name'> } = {
  DURATION_WINDOW: { needs: [], takes: ['window', 'windowAdvance'] },
  SLIDING_WINDOW: { needs: [], takes: ['window'] },
  DAILY_TIME_DEADLINE: { needs: ['deadline'], takes: [] },
  DAILY_TIME_WINDOW: { needs: ['startTime', 'endTime'], takes: [] },
}

function checkOldWindow(written: Json | undefined, place: Path): Problem[] {
  if (!isJsonObject(written)) return []
  const type = typeof written.type === 'string' ? written.type : 'DURATION_WINDOW'
  const rule = Object.hasOwn(oldWindows, type) ? oldWindows[type] : undefined
  if (rule === undefined) return []
  return checkKind(written, place, { name: `a ${type}`, needs: rule.needs, takes: [...rule.takes, 'type'] })
}

/** Kestra 2 tells the kind of a window by what is written first here. */
const newWindows: readonly Kind[] = [
  { name: 'a window with "deadline"', needs: ['deadline'], takes: [] },
  { name: 'a window with "from" and "to"', needs: ['from', 'to'], takes: [] },
  { name: 'a window with "lookback"', needs: ['lookback'], takes: [] },
  { name: 'a window', needs: [], takes: ['every', 'offset'] },
]
const ofAllNew = ['timezone', 'fireOnce', 'onMiss']

function checkNewWindow(written: JsonObject, place: Path): Problem[] {
  const kind = newWindows.find(({ needs }) => needs.length === 0 || needs.some(name => written[name] !== undefined))!
  const problems = checkKind(written, place, { ...kind, takes: [...kind.takes, ...ofAllNew] })
  if (written.onMiss === undefined) return problems
  const message = '"onMiss" does nothing here: a window that passes is dropped'
  return [...problems, { code: 'NOT_SUPPORTED', severity: 'warning', message, path: [...place, 'onMiss'], at: 'key' }]
}

function checkKind(written: JsonObject, place: Path, kind: Kind): Problem[] {
  return [...checkNames(written, place, kind), ...checkTimes(written, place)]
}

/** What is missing, and what is too much. */
function checkNames(written: JsonObject, place: Path, { name: kind, needs, takes }: Kind): Problem[] {
  const missing = needs.filter(name => written[name] === undefined)
  const extra = Object.keys(written).filter(name => ![...needs, ...takes].includes(name))
  return [
    ...missing.map(
      (name): Problem => ({ code: 'MISSING_PROPERTY', message: `${kind} needs "${name}"`, path: [...place, name] }),
    ),
    ...extra.map(
      (name): Problem => ({
        code: 'INVALID_VALUE',
        message: `${kind} has no "${name}"`,
        path: [...place, name],
        at: 'key',
      }),
    ),
  ]
}

const lengths = ['window', 'every', 'lookback']
const clockTime = /^([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?(Z|[+-][01]\d:[0-5]\d)?$/
const times = ['deadline', 'startTime', 'endTime', 'from', 'to']

function checkTimes(written: JsonObject, place: Path): Problem[] {
  const isEmpty = (name: string) => (parseDuration(written[name]) ?? 1) <= 0
  const wrongTimes = times.filter(name => written[name] !== undefined && !clockTime.test(String(written[name]).trim()))
  return [
    ...lengths.filter(isEmpty).map(
      (name): Problem => ({
        code: 'INVALID_VALUE',
        message: 'a window is longer than nothing',
        path: [...place, name],
      }),
    ),
    ...wrongTimes.map((name): Problem => {
      const message = `"${String(written[name])}" is no time of day such as 09:00:00 or 09:00:00+01:00`
      return { code: 'INVALID_VALUE', message, path: [...place, name] }
    }),
  ]
}

/** An older condition of several executions, with a window of its own. */
function checkJoining(condition: JsonObject, path: Path, { kind }: PlacedTrigger): Problem[] {
  const message = 'a webhook is no execution that this could wait for'
  return [
    ...(kind === 'Webhook' ? [{ code: 'NOT_SUPPORTED' as const, message, path: [...path, 'type'] }] : []),
    ...checkTimes(condition, path),
    ...checkOldWindow(condition.timeWindow, [...path, 'timeWindow']),
  ]
}

function checkMode({ trigger, path }: PlacedTrigger): Problem[] {
  const { mode, minSatisfied, dependsOn } = trigger
  if (mode === 'AT_LEAST' && minSatisfied === undefined)
    return [{ code: 'MISSING_PROPERTY', message: 'AT_LEAST needs "minSatisfied"', path: [...path, 'minSatisfied'] }]
  if (minSatisfied === undefined || !Number.isInteger(Number(minSatisfied))) return []
  const all = Array.isArray(dependsOn) ? dependsOn.length : 0
  if (Number(minSatisfied) >= 1 && Number(minSatisfied) <= all) return []
  const message = `"minSatisfied" is one of 1 to ${all}, as many as "dependsOn" has`
  return [{ code: 'INVALID_VALUE', message, path: [...path, 'minSatisfied'] }]
}

/** Of each filter, what it compares with, and regular expressions. */
function checkFilters({ trigger, path }: PlacedTrigger): Problem[] {
  const where = isJsonObject(trigger.preconditions) ? listOf(trigger.preconditions.where) : []
  return where.flatMap(([group, index]) =>
    listOf(group.filters).flatMap(([filter, at]) =>
      checkFilter(filter, [...path, 'preconditions', 'where', index, 'filters', at]),
    ),
  )
}

function checkFilter(filter: JsonObject, place: Path): Problem[] {
  const { type, value } = filter
  if (typeof type !== 'string') return []
  const isList = type === 'IN' || type === 'NOT_IN'
  const regex = type === 'REGEX' && typeof value === 'string' && !isTemplate(value) ? wholeRegexProblem(value) : null
  const problems = checkNames(filter, place, {
    name: type,
    needs: [isList ? 'values' : 'value'],
    takes: Object.keys(filter).filter(name => name !== (isList ? 'value' : 'values')),
  })
  return regex === null ? problems : [...problems, { code: 'INVALID_VALUE', message: regex, path: [...place, 'value'] }]
}

/** A flow that starts after itself would start for ever; Kestra saves it and ignores its own executions. */
function checkOwnFlow({ trigger, path }: PlacedTrigger, flow: JsonObject): Problem[] {
  const conditions: [flows: Json | undefined, place: Path][] = [
    [isJsonObject(trigger.preconditions) ? trigger.preconditions.flows : undefined, ['preconditions', 'flows']],
    [trigger.dependsOn, ['dependsOn']],
  ]
  return conditions.flatMap(([flows, place]) =>
    listOf(flows)
      .filter(([named]) => named.flowId === flow.id && named.namespace === flow.namespace && flow.id !== undefined)
      .map(([, index]) => ({
        code: 'CYCLE',
        severity: 'warning',
        message: 'the flow waits for itself: its own executions never start it again',
        path: [...path, ...place, index, 'flowId'],
      })),
  )
}
