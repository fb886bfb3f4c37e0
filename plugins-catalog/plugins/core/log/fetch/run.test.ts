import { afterAll, expect, test } from 'vitest'
import type { LogRecord, Records } from '#language/define-plugin'
import { createTestContext } from '../../../test-context'
import plugin from './plugin'
import run from './run'

type Asked = Parameters<Records['logs']>[0]
const asked: Asked[] = []
const line: LogRecord = {
  timestamp: '2030-01-01T00:00:00.000Z',
  level: 'WARN',
  message: 'careful',
  namespace: 'company.team',
  flowId: 'my_flow',
  executionId: 'e1',
  taskId: 'first',
  taskRunId: 't0',
  attemptNumber: 0,
}
const records = {
  async *logs(filter: Asked) {
    asked.push(filter)
    yield line
    yield { ...line, message: 'very' }
  },
} as unknown as Records
const ctx = await createTestContext({ records })
afterAll(ctx.close)

test.each([
  [{}, { executionId: 'e1', levels: ['ERROR', 'WARN', 'INFO'] }],
  [
    { executionId: 'e2', tasksId: ['a'], level: 'ERROR' },
    { executionId: 'e2', taskIds: ['a'], levels: ['ERROR'] },
  ],
  [
    { namespace: 'a.b', flowId: 'f', level: 'WARN' },
    { namespace: 'a.b', flowId: 'f', levels: ['ERROR', 'WARN'] },
  ],
])('%j asks for %j', async (properties, filter) => {
  const { size, uri } = await run(ctx, plugin.properties.parse(properties))
  expect(size).toBe(2)
  expect(asked.at(-1)).toEqual({ taskIds: undefined, ...filter })
  const lines = (await ctx.read(String(uri))).trim().split('\n')
  expect(lines.map(text => JSON.parse(text).message)).toEqual(['careful', 'very'])
})

test('a flow without its namespace is nobody', async () => {
  await expect(run(ctx, plugin.properties.parse({ flowId: 'f' }))).rejects.toThrow('flowId needs the namespace')
})
