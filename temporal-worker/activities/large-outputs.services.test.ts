import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { memoryOf, resetPeak } from '../../test/bench/measure'
import { Engine } from '../../test/harness/engine'
import { startTestStack, type TestStack } from '../../test/harness/stack'

const mib = 1024 * 1024
let stack: TestStack
let engine: Engine
let server: Server
let calls: string[]

beforeAll(async () => {
  calls = []
  // Answers `/<n>` with JSON of n MiB.
  server = createServer(async (request, response) => {
    calls.push(request.url ?? '')
    const rows = Number(request.url?.slice(1)) * 1024
    response.writeHead(200, { 'content-type': 'application/json' })
    const row = JSON.stringify('x'.repeat(1021))
    response.write('[')
    for (let sent = 0; sent < rows; sent++) response.write(sent === 0 ? row : `,${row}`)
    response.end(']')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  stack = await startTestStack({ env: { MILLRACE_OUTPUT_MAX_MIB: '120' } })
  const { databaseUrl, temporal, tenant } = stack
  const place = { databaseUrl, tenantId: tenant.id, temporalAddress: temporal.address, namespace: temporal.namespace }
  engine = await Engine.attach(place)
})

afterAll(async () => {
  server?.close()
  await engine?.stop()
  await stack?.stop()
})

const core = 'io.kestra.plugin.core'

function flow(size: number, ...tasks: object[]): string {
  const { port } = server.address() as AddressInfo
  const uri = `http://127.0.0.1:${port}/${size}`
  const get = { id: 'get', type: `${core}.http.Request`, uri, options: { maxContentLength: 400 * mib } }
  return JSON.stringify({ id: 'large', namespace: 'company.team', tasks: [get, ...tasks] })
}

test('outputs of 100 MB travel by reference, and expressions read them', async () => {
  await resetPeak(stack.worker.pid)
  const rows = { id: 'rows', type: `${core}.debug.Return`, format: '{{ outputs.get.body | length }}' }
  const last = { id: 'last', type: `${core}.kv.Set`, key: 'last', value: '{{ outputs.get.body | last | length }}' }
  const execution = await engine.run(flow(100, rows, last))
  expect(execution.logs.filter(({ level }) => level === 'ERROR').map(({ message }) => message)).toEqual([])
  expect(execution.state).toBe('SUCCESS')
  const [got, counted] = execution.taskRuns
  expect(got?.outputs).toEqual({ $stored: expect.stringMatching(/outputs\.json$/), bytes: expect.any(Number) })
  expect(Number(got?.outputs && Object(got.outputs).bytes)).toBeGreaterThan(100 * mib)
  expect(counted?.outputs).toEqual({ value: String(100 * 1024) })
  expect((await memoryOf(stack.worker.pid)).peakMiB).toBeLessThan(1024)
})

test('what is copied as a whole through a workflow fails and says so', async () => {
  const copy = { id: 'copy', type: `${core}.debug.Return`, format: '{{ outputs.get.body }}' }
  const execution = await engine.run(flow(10, copy))
  expect(execution.state).toBe('FAILED')
  expect(execution.logs.map(({ message }) => message)).toContainEqual(
    expect.stringMatching(/^The rendered value has \d+ bytes; 1048576 are the most/),
  )
})

test("outputs above the operator's limit fail once", async () => {
  calls = []
  const execution = await engine.run(flow(130))
  expect(execution.taskRuns.map(({ state, attempts }) => [state, attempts.length])).toEqual([['FAILED', 1]])
  expect(execution.logs.map(({ message }) => message)).toContainEqual(
    expect.stringMatching(/^The outputs of this task have \d+ bytes; 125829120 are the most.*MILLRACE_OUTPUT_MAX_MIB/),
  )
  expect(calls).toEqual(['/130'])
})
