import { AppError } from '../errors/app-error'
import type { Filter, FilterOperator } from '../filters'
import { filterOperators } from '../filters'

/** `filters[labels][EQUALS][team]` */
const filterName = /^filters\[([^\]]+)\]\[([^\]]+)\](?:\[([^\]]+)\])?$/

/**
 * A query string as an input: a name given twice becomes a list, Kestra's `filters[field][OP]=value` a list of filters.
 *
 * @example readQuery(new URLSearchParams('q=a&filters[state][IN]=FAILED')) -> { q: 'a', filters: [{ field: 'state', ... }] }
 */
export function readQuery(params: URLSearchParams): Record<string, unknown> {
  const input: Record<string, unknown> = Object.create(null)
  const filters: Filter[] = []
  for (const name of new Set(params.keys())) {
    const values = params.getAll(name)
    const match = filterName.exec(name)
    if (match === null) input[name] = values.length === 1 ? values[0] : values
    else filters.push(...values.map(value => toFilter(match, value)))
  }
  return filters.length === 0 ? input : { ...input, filters }
}

function toFilter([, field = '', operator = '', key]: RegExpExecArray, value: string): Filter {
  if (!isOperator(operator)) {
    throw new AppError('BAD_REQUEST', `Unknown filter operator ${operator}; known are ${filterOperators.join(', ')}`)
  }
  return { field, operator, value, ...(key === undefined ? {} : { key }) }
}

function isOperator(text: string): text is FilterOperator {
  return (filterOperators as readonly string[]).includes(text)
}
