import { afterAll, expect, test } from 'vitest'
import { createTestContext, runPlugin } from '../../../test-context'
import plugin from './plugin'
import run from './run'

const ctx = await createTestContext({ variables: { color: 'blue', flow: { id: 'my_flow' } } })
afterAll(() => ctx.close())
const core = 'io.kestra.plugin.core'
const templated = (spec: string) => runPlugin(plugin, run, ctx, { spec })

test.each([
  ['a task that only computes', `type: ${core}.debug.Return\nformat: "{{ color }}!"`, { value: 'blue!' }],
  ['one that touches the world', `type: ${core}.kv.GetKeys\nprefix: none`, { keys: [] }],
  ['an older name', 'type: io.kestra.core.tasks.debugs.Return\nformat: x', { value: 'x' }],
  ["what is every task's", `id: inner\ntype: ${core}.kv.Get\nkey: none\ntimeout: PT1M`, { value: null }],
])('%s', async (_, spec, outputs) => {
  expect(await templated(spec)).toEqual(outputs)
})

test('its log is that of the task', async () => {
  await templated(`type: ${core}.log.Log\nmessage: hello\nlevel: WARN`)
  expect(ctx.logs).toContainEqual({ level: 'WARN', message: 'hello' })
})

test.each([
  ['type: [', 'spec: '],
  ['text', 'a map is needed'],
  ['format: x', 'has no type'],
  [`type: ${core}.debug.Retrun`, `did you mean ${core}.debug.Return?`],
  [`type: ${core}.flow.Sequential\ntasks: []`, 'holds other tasks'],
  [`type: ${core}.execution.Exit`, 'changes its execution'],
  [`type: ${core}.execution.Fail\nerrorMessage: on purpose`, 'on purpose'],
  [`type: ${core}.kv.Get`, "The task's properties are not valid: key"],
  [`type: ${core}.templating.TemplatedTask\nspec: "type: ${core}.debug.Return"`, "can't make another"],
])('%j is refused', async (spec, message) => {
  await expect(templated(spec)).rejects.toThrow(message)
})
