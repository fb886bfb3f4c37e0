import { afterAll, expect, test } from 'vitest'
import type { ExecutionFilter, Records } from '#language/define-plugin'
import { createTestContext } from '../../../test-context'
import plugin from './plugin'
import run from './run'

const counts: Record<string, number> = { busy: 5, idle: 0, slow: 2 }
const asked: ExecutionFilter[] = []
const records = {
  countExecutions: async (filter: ExecutionFilter) => {
    asked.push(filter)
    return counts[filter.flowId ?? 'busy'] ?? 0
  },
} as unknown as Records
const ctx = await createTestContext({ records })
afterAll(ctx.close)

const flows = Object.keys(counts).map(flowId => ({ namespace: 'a', flowId }))
const startDate = '2030-01-01T00:00:00Z'

test.each([
  ['{{ count == 0 }}', [{ namespace: 'a', flowId: 'idle', count: 0 }], 0],
  [
    '{{ count >= 2 }}',
    [
      { namespace: 'a', flowId: 'busy', count: 5 },
      { namespace: 'a', flowId: 'slow', count: 2 },
    ],
    7,
  ],
])('%s keeps %j', async (expression, results, total) => {
  const properties = plugin.properties.parse({ flows, startDate, states: ['FAILED'], expression })
  expect(await run(ctx, properties)).toEqual({ results, total })
  expect(asked.at(-1)).toMatchObject({ states: ['FAILED'], startDate: new Date(startDate) })
})

test('namespaces count by themselves, and something must be counted', async () => {
  const counted = await run(ctx, plugin.properties.parse({ namespaces: ['a'], startDate, expression: '{{ true }}' }))
  expect(counted).toEqual({ results: [{ namespace: 'a', count: 5 }], total: 5 })
  await expect(run(ctx, plugin.properties.parse({ startDate, expression: 'x' }))).rejects.toThrow('"flows" or')
})
