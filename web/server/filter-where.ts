/** Kestra's filters as conditions of Prisma. */
import { escapeLike } from '#db/like'
import { AppError } from './errors/app-error'
import type { Filter, FilterOperator } from './filters'

export type TextCondition = {
  equals?: string
  not?: string
  in?: string[]
  notIn?: string[]
  startsWith?: string
  endsWith?: string
  contains?: string
  mode?: 'insensitive'
}
export type DateCondition = { equals?: Date; gt?: Date; gte?: Date; lt?: Date; lte?: Date }

const textConditions: { [Operator in FilterOperator]?: (value: string) => TextCondition } = {
  EQUALS: value => ({ equals: value }),
  NOT_EQUALS: value => ({ not: value }),
  IN: value => ({ in: value.split(',') }),
  NOT_IN: value => ({ notIn: value.split(',') }),
  STARTS_WITH: value => ({ startsWith: escapeLike(value) }),
  ENDS_WITH: value => ({ endsWith: escapeLike(value) }),
  CONTAINS: value => ({ contains: escapeLike(value), mode: 'insensitive' }),
  PREFIX: value => ({ startsWith: escapeLike(value) }),
}

const dateConditions: { [Operator in FilterOperator]?: (value: Date) => DateCondition } = {
  EQUALS: value => ({ equals: value }),
  GREATER_THAN: value => ({ gt: value }),
  GREATER_THAN_OR_EQUAL_TO: value => ({ gte: value }),
  LESS_THAN: value => ({ lt: value }),
  LESS_THAN_OR_EQUAL_TO: value => ({ lte: value }),
}

export function textCondition(filter: Filter): TextCondition {
  return (textConditions[filter.operator] ?? refuse(filter))(filter.value)
}

export function dateCondition(filter: Filter): DateCondition {
  return (dateConditions[filter.operator] ?? refuse(filter))(toDate(filter.value, filter.field))
}

/** A namespace and all below it: `company` finds `company.team`, not `company2`. */
export function namespaceCondition(namespace: string): { OR: [{ namespace: string }, { namespace: TextCondition }] } {
  return { OR: [{ namespace }, { namespace: { startsWith: escapeLike(`${namespace}.`) } }] }
}

export function toDate(text: string, field: string): Date {
  const date = new Date(text)
  if (Number.isNaN(date.getTime()))
    throw new AppError('BAD_REQUEST', `${field}: ${text} is no date; write 2026-11-25T00:00:00Z`)
  return date
}

/** `key:value` or `key=value` */
export function toLabel(text: string): { key: string; value: string } {
  const match = /^([^:=]+)[:=](.*)$/s.exec(text)
  if (match === null) throw new AppError('BAD_REQUEST', `labels: ${text} is not key:value`)
  return { key: match[1] ?? '', value: match[2] ?? '' }
}

/** The condition of each of Kestra's filters, by its field; one that the table does not have is refused by name. */
export function conditionsOfFilters<Where>(
  filters: readonly Filter[],
  byField: Readonly<Record<string, (filter: Filter) => Where>>,
): Where[] {
  return filters.map(filter => {
    const condition = Object.hasOwn(byField, filter.field) ? byField[filter.field] : undefined
    if (condition) return condition(filter)
    throw new AppError(
      'BAD_REQUEST',
      `There is no filter ${filter.field}; there are ${Object.keys(byField).join(', ')}`,
    )
  })
}

function refuse({ field, operator }: Filter): never {
  throw new AppError('BAD_REQUEST', `The filter ${field} has no operator ${operator}`)
}
