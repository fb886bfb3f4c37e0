import { expect, test } from 'vitest'
import type { Permission } from '#web/server/access/permissions'
import { bulkActionsOf, summaryOf } from './bulk-actions'

const names = (permissions?: Permission[]) => bulkActionsOf(permissions).map(({ name }) => name)

test.each([[undefined], [['EXECUTION:READ']]] as [Permission[] | undefined][])('%s may do nothing', permissions => {
  expect(names(permissions)).toEqual([])
})

test('who may launch may not delete', () => {
  const launches: Permission[] = ['FLOW:EXECUTE', 'EXECUTION:UPDATE']
  expect(names([...launches, 'EXECUTION:DELETE'])).toEqual([...names(launches), 'delete'])
})

const conflict = { message: "An execution that is SUCCESS can't be killed" }
const missing = { message: 'There is no execution x' }
test.each([
  [{ count: 1200, failed: 0, errors: [] }, '1,200 killed'],
  [{ count: 1, failed: 2, errors: [conflict, conflict] }, `1 killed, 2 not: ${conflict.message}`],
  [{ count: 0, failed: 2, errors: [conflict, missing] }, `0 killed, 2 not: ${conflict.message} (and 1 other reason)`],
])('%j reads %s', (result, text) => {
  expect(summaryOf(result, count => `${count} killed`)).toBe(text)
})
