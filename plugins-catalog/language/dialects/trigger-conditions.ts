import { isTemplate } from '../fields'
import { isJsonObject, type Json, type JsonObject } from '../json'
import type { Construct } from './construct'
import { indent } from './flow-text'
import { kindOfType, triggersIn } from './sites'
import { holdsNewWords } from './without-equal'

/** `conditions` of a trigger; Kestra 2 has one `when`. */
export const triggerConditions: Construct = {
  name: 'trigger-conditions',
  message: 'Kestra 2 has no "conditions"; it says "when" with one expression',
  toNew: flow =>
    triggersIn(flow)
      .filter(({ trigger }) => trigger.conditions !== undefined)
      .map(({ trigger, type, path }) => ({
        path: [...path, 'conditions'],
        at: 'key',
        change: text => {
          if (trigger.when !== undefined) return '"when" is written as well'
          const expressions = toExpressions(trigger.conditions, kindOfType(type))
          if (typeof expressions === 'string') return expressions
          return text.replacePair([...path, 'conditions'], `when: ${quoted(`{{ ${expressions.join(' and ')} }}`)}`)
        },
      })),
  toOld: flow =>
    triggersIn(flow)
      .filter(({ trigger }) => trigger.when !== undefined)
      .map(({ trigger, type, path }) => ({
        path: [...path, 'when'],
        at: 'key',
        change: text => {
          if (trigger.conditions !== undefined) return '"conditions" is written as well'
          if (holdsNewWords(String(trigger.when))) return 'its expression calls what Kestra 1 does not have'
          if (kindOfType(type) === 'Flow')
            return 'it reads the execution that ended by other names than a condition does'
          const found = text.pair([...path, 'when'])
          const source = text.sourceOf([...path, 'when'])?.source
          if (found === undefined || source === undefined) return 'it comes from an anchor or a merge'
          if (found.map.flow || /^[|>]/.test(source) || source.includes('\n')) return 'it is written over several lines'
          const list = `- type: ${expressionType}\n  expression: ${source}`
          const margin = text.columnOf(found.key.range![0]) + 2
          return text.replacePair([...path, 'when'], `conditions:\n${indent(list, margin)}`)
        },
      })),
}

const expressionType = 'io.kestra.plugin.core.condition.Expression'

/** One expression for each condition, to be met together; or why there is none. */
function toExpressions(conditions: Json | undefined, trigger: string): string[] | string {
  if (!Array.isArray(conditions) || conditions.length === 0) return 'its conditions are no list'
  const found: string[] = []
  for (const condition of conditions) {
    const expression = isJsonObject(condition) ? toExpression(condition, trigger) : undefined
    if (expression === undefined) {
      const type = isJsonObject(condition) ? String(condition.type) : String(condition)
      return `no expression says the same as ${type} here`
    }
    found.push(expression)
  }
  return found.length === 1 ? found : found.map(bracketed)
}

type ToExpression = (condition: JsonObject, trigger: string) => string | undefined

/** Conditions that an expression says exactly; those of executions see other names in Kestra 2. */
const byKind: Readonly<Record<string, ToExpression>> = {
  Expression: ({ expression }, trigger) =>
    trigger === 'Flow' || typeof expression !== 'string' ? undefined : loneExpression(expression),
  Weekend: (condition, trigger) => onDate(condition, trigger, [], 'isWeekend(trigger.date)'),
  DayWeek: (condition, trigger) =>
    onDate(condition, trigger, ['dayOfWeek'], `dayOfWeek(trigger.date) == ${word(condition.dayOfWeek)}`),
  DayWeekInMonth: (condition, trigger) =>
    onDate(
      condition,
      trigger,
      ['dayOfWeek', 'dayInMonth'],
      `isDayWeekInMonth(trigger.date, ${word(condition.dayOfWeek)}, ${word(condition.dayInMonth)})`,
    ),
  PublicHoliday: (condition, trigger) => {
    const division = condition.subDivision === undefined ? '' : `, ${word(condition.subDivision)}`
    return condition.country === undefined
      ? undefined
      : onDate(
          condition,
          trigger,
          ['country', 'subDivision'],
          `isPublicHoliday(trigger.date, ${word(condition.country)}${division})`,
        )
  },
  Not: ({ conditions }, trigger) => {
    const inner = toExpressions(conditions, trigger)
    return typeof inner === 'string' ? undefined : inner.map(each => `not (${unbracketed(each)})`).join(' and ')
  },
  Or: ({ conditions }, trigger) => {
    const inner = toExpressions(conditions, trigger)
    return typeof inner === 'string' ? undefined : inner.join(' or ')
  },
}

function toExpression(condition: JsonObject, trigger: string): string | undefined {
  const kind = kindOfType(String(condition.type))
  return Object.hasOwn(byKind, kind) ? byKind[kind]!(condition, trigger) : undefined
}

/** Of a schedule whose condition looks at its own date and is written out. */
function onDate(condition: JsonObject, trigger: string, properties: string[], expression: string): string | undefined {
  const { date = '{{ trigger.date }}' } = condition
  const isOwnDate = typeof date === 'string' && loneExpression(date) === 'trigger.date'
  const isWritten = properties.every(name => !isTemplate(condition[name]))
  return trigger === 'Schedule' && isOwnDate && isWritten ? expression : undefined
}

function word(value: Json | undefined): string {
  return `'${String(value).replaceAll("'", "\\'")}'`
}

/** What stands in a text that is one expression and nothing else. */
function loneExpression(text: string): string | undefined {
  const inner = /^\s*\{\{-?\s*([^{}]*?)\s*-?\}\}\s*$/.exec(text)?.[1]
  return inner === '' ? undefined : inner
}

function bracketed(expression: string): string {
  return /\b(?:or|and)\b|[?|]/.test(expression) ? `(${expression})` : expression
}

function unbracketed(expression: string): string {
  return /^\([^()]*\)$/.test(expression) ? expression.slice(1, -1) : expression
}

/** In double quotes where that needs no escapes, as most flows are written. */
function quoted(text: string): string {
  return /["\\]/.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${text}"`
}
