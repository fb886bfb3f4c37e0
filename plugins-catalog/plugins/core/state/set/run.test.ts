import { afterAll, expect, test } from 'vitest'
import { createMemoryKv, createTestContext, runPlugin } from '../../../test-context'
import remove from '../delete/plugin'
import runRemove from '../delete/run'
import get from '../get/plugin'
import runGet from '../get/run'
import plugin from './plugin'
import run from './run'

const kv = createMemoryKv()
const ctx = await createTestContext({ kv })
const first = await createTestContext({ kv, variables: { taskrun: { value: 'a' } } })
afterAll(async () => {
  await ctx.close()
  await first.close()
})

test('is merged, read and deleted', async () => {
  const key = 'my-flow_states_tasks-states_default'
  expect(await runPlugin(plugin, run, ctx, { data: { a: 1, b: 1 } })).toEqual({ count: 2, key })
  expect(await runPlugin(plugin, run, ctx, { data: { b: 2, c: [3] } })).toEqual({ count: 3, key })
  expect(await runPlugin(get, runGet, ctx, {})).toEqual({ count: 3, data: { a: 1, b: 2, c: [3] } })
  expect(await runPlugin(remove, runRemove, ctx, {})).toEqual({ deleted: true })
  expect(await runPlugin(get, runGet, ctx, {})).toEqual({ count: 0, data: {} })
  expect(await runPlugin(remove, runRemove, ctx, {})).toEqual({ deleted: false })
})

test('the state of a namespace names no flow', async () => {
  const shared = { name: 'shared', namespace: true, data: { a: 1 } }
  expect(await runPlugin(plugin, run, ctx, shared)).toEqual({ count: 1, key: 'states_tasks-states_shared' })
})

test('a missing one is a failure where that is asked for', async () => {
  const missing = { name: 'none', errorOnMissing: true }
  await expect(runPlugin(get, runGet, ctx, missing)).rejects.toThrow('There is no state')
  await expect(runPlugin(remove, runRemove, ctx, missing)).rejects.toThrow('There is no state')
})

test.each([
  ['by name', { name: 'x' }, { name: 'y' }],
  ['by a name that is no key', { name: 'a b' }, { name: 'a/b' }],
  ['of the flow and of the namespace', { name: 'n' }, { name: 'n', namespace: true }],
  ['of a value and of none', { name: 'v' }, { name: 'v', taskrunValue: false }],
])('%s, two states are kept apart', async (_, one, other) => {
  await runPlugin(plugin, run, first, { ...one, data: { is: 'one' } })
  expect(await runPlugin(get, runGet, first, other)).toEqual({ count: 0, data: {} })
  expect(await runPlugin(get, runGet, first, one)).toEqual({ count: 1, data: { is: 'one' } })
})
