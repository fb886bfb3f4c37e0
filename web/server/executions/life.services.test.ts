/** What a killed or deleted execution leaves behind: nothing that runs, and nothing that is stored. */
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Engine } from '../../../test/harness/engine'
import { createFlow } from '../flows/create-flow'
import { ask, openWebKit, type WebKit } from '../testing/web-kit'

let kit: WebKit
let engine: Engine

beforeAll(async () => {
  kit = await openWebKit()
  engine = await Engine.start(kit.engine)
})
afterAll(async () => {
  await engine.stop()
  await kit.close()
})

const core = 'io.kestra.plugin.core'
/** In the arguments of each process that the tasks start. */
const mark = `mark-${randomUUID()}`
/** Does not care for being asked to end, and neither does what it starts. */
const stubborn = (id: string) => ({
  id,
  type: 'io.kestra.plugin.scripts.shell.Commands',
  taskRunner: { type: `${core}.runner.Process` },
  commands: [`trap '' TERM INT; : ${mark}; echo begun; while true; do sleep 1; done`],
})

const flow = (id: string, tasks: object[]) => JSON.stringify({ id, namespace: 'company.team', tasks })

function running(): number {
  const lines = execFileSync('ps', ['-eo', 'stat,args']).toString().split('\n')
  return lines.filter(line => line.includes(mark) && !line.startsWith('Z')).length
}

async function start(id: string): Promise<string> {
  const response = await ask(`/acme/executions/company.team/${id}`, kit.ownerToken, { method: 'POST' })
  return (await response.json()).id
}

test('a kill ends tasks that do not want to end, those of called executions, too', async () => {
  const subflow = { id: 'call', type: `${core}.flow.Subflow`, namespace: 'company.team', flowId: 'stubborn_child' }
  await createFlow(kit.scope, flow('stubborn_child', [stubborn('child')]))
  await createFlow(
    kit.scope,
    flow('stubborn', [{ id: 'both', type: `${core}.flow.Parallel`, tasks: [stubborn('own'), subflow] }]),
  )
  const id = await start('stubborn')
  await expect.poll(running, { timeout: 30_000 }).toBeGreaterThanOrEqual(2)
  await engine.waitForLog(id, 'begun')
  const child = await kit.scope.db.execution.findFirstOrThrow({ where: { parentId: id } })
  await engine.waitForLog(child.id, 'begun')

  expect((await ask(`/acme/executions/${id}/kill`, kit.ownerToken, { method: 'DELETE' })).status).toBe(202)
  const states = async () => [(await engine.read(id)).state, (await engine.read(child.id)).state, running()]
  await expect.poll(states).toEqual(['KILLED', 'KILLED', 0])
  for (const killed of [id, child.id]) {
    await engine.result(killed)
    expect(new Set((await engine.read(killed)).taskRuns.map(({ state }) => state))).toEqual(new Set(['KILLED']))
  }
})

test('a deletion takes the files along, and leaves those of others', async () => {
  const write = { id: 'write', type: `${core}.storage.Write`, content: 'hi', extension: '.txt' }
  await createFlow(kit.scope, flow('writes', [write, { id: 'tell', type: `${core}.log.Log`, message: 'hi' }]))
  const [gone, stays] = [await start('writes'), await start('writes')]
  await Promise.all([gone, stays].map(id => engine.waitForState(id, 'SUCCESS')))
  expect((await filesOf(gone)).length).toBeGreaterThan(0)
  const kept = await filesOf(stays)
  const response = await ask(`/acme/executions/${gone}`, kit.ownerToken, { method: 'DELETE' })
  expect(response.status).toBe(204)
  expect(await filesOf(gone)).toEqual([])
  expect(await filesOf(stays)).toEqual(kept)
  expect(await kit.scope.db.taskRun.count({ where: { tenantId: kit.tenantId, executionId: gone } })).toBe(0)
  expect(await kit.scope.db.log.count({ where: { tenantId: kit.tenantId, executionId: gone } })).toBe(0)
})

async function filesOf(executionId: string): Promise<string[]> {
  const entries = await readdir(fileURLToPath(process.env.STORAGE_URL ?? ''), { recursive: true })
  return entries.filter(entry => entry.toLowerCase().includes(executionId.toLowerCase())).sort()
}
