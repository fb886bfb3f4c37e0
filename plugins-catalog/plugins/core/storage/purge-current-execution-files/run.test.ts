import { afterAll, expect, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { createTestContext, runPlugin } from '../../../test-context'
import plugin from './plugin'
import run from './run'

const ctx = await createTestContext()
afterAll(() => ctx.close())
const purge = (properties: JsonObject) => runPlugin(plugin, run, ctx, properties)

test("deletes the execution's files and no others", async () => {
  await ctx.stored.put('acme', 'company/team/my-flow/executions/e10/tasks/x/t/other', 'x')
  const uris = [await ctx.storage.put('a', 'x'), await ctx.storage.put('b/c', 'x')]
  expect(await purge({})).toEqual({ uris })
  expect(await ctx.storage.listExecutionFiles()).toEqual([])
  expect(await ctx.stored.exists('acme', 'company/team/my-flow/executions/e10/tasks/x/t/other')).toBe(true)
  expect(await purge({})).toEqual({ uris: [] })
})
