import { expect, test, vi } from 'vitest'
import { createTestContext, runPlugin } from '../../../test-context'
import plugin from './plugin'
import run from './run'

test.each([
  [{ trigger: 't' }, { namespace: 'company.team', flowId: 'my_flow', triggerId: 't' }, false],
  [
    { trigger: 't', flowId: 'other', namespace: 'company', enabled: true },
    { namespace: 'company', flowId: 'other', triggerId: 't' },
    true,
  ],
])('%j', async (properties, key, enabled) => {
  const ctx = await createTestContext()
  const toggleTrigger = vi.fn()
  await runPlugin(plugin, run, { ...ctx, records: { ...ctx.records, toggleTrigger } }, properties)
  const reason = 'by the task my_task of the execution e1'
  expect(toggleTrigger).toHaveBeenCalledWith(key, { enabled, reason })
  await ctx.close()
})
