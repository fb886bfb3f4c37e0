import { z } from 'zod'
import { parameter } from './schemas'

export const filterOperators = [
  'EQUALS',
  'NOT_EQUALS',
  'IN',
  'NOT_IN',
  'GREATER_THAN',
  'GREATER_THAN_OR_EQUAL_TO',
  'LESS_THAN',
  'LESS_THAN_OR_EQUAL_TO',
  'STARTS_WITH',
  'ENDS_WITH',
  'CONTAINS',
  'PREFIX',
] as const
export type FilterOperator = (typeof filterOperators)[number]

/** `filters[labels][EQUALS][team]=data` -> `{ field: 'labels', operator: 'EQUALS', key: 'team', value: 'data' }` */
export const Filter = z.object({
  field: z.string(),
  operator: z.enum(filterOperators),
  key: z.string().optional(),
  value: z.string().max(2000),
})
export type Filter = z.infer<typeof Filter>

export const Filters = parameter(z.array(Filter).max(50))
