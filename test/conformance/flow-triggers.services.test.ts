/** Kestra's own test flows with Flow triggers, started by what they follow: what its own tests expect of them. */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startExecution } from '#web/server/executions/start-execution'
import { createFlow } from '#web/server/flows/create-flow'
import { openWebKit, type WebKit } from '#web/server/testing/web-kit'
import { Engine } from '../harness/engine'

const folder = resolve(process.env.MILLRACE_CONFORMANCE ?? join(import.meta.dirname, '../../../shared/conformance'))
const patience = { timeout: 30_000 }

describe.skipIf(!existsSync(join(folder, 'flows')))('as in Kestra', () => {
  let kit: WebKit
  let engine: Engine
  beforeAll(async () => {
    kit = await openWebKit()
    engine = await Engine.start(kit.engine)
  })
  afterAll(async () => {
    await engine?.stop()
    await kit?.close()
  })

  async function save(...names: string[]): Promise<void> {
    for (const name of names)
      await createFlow(kit.scope, readFileSync(join(folder, 'flows', `valids__${name}.yaml`), 'utf8'))
  }

  const start = (namespace: string, id: string) => startExecution(kit.scope, { namespace, id, inputs: {}, labels: [] })
  const found = (flowId: string) => engine.db.execution.findMany({ where: { flowId }, orderBy: { createdAt: 'asc' } })
  const states = async (flowId: string) => (await found(flowId)).map(({ state }) => state)
  const caughtUp = () => expect.poll(() => engine.db.executionEvent.count(), patience).toBe(0)

  test('preconditions by flows and by filters', async () => {
    const namespace = 'io.kestra.tests.trigger.preconditions'
    const [a, b, listen] = ['a', 'b', 'listen'].map(name => `flow-trigger-preconditions-flow-${name}`)
    await save(a!, b!, listen!)
    await start(namespace, a!)
    await caughtUp()
    expect(await states(listen!)).toEqual([])
    const second = await start(namespace, b!)
    await expect.poll(() => states(listen!), patience).toEqual(['SUCCESS'])
    const [execution] = await found(listen!)
    expect(execution!.trigger).toMatchObject({
      variables: { executionId: second.id, namespace, flowId: b, state: 'SUCCESS', outputs: { some: 'value' } },
    })
  })

  test('a file of the upstream becomes an input', async () => {
    const [child, grandchild] = ['child', 'grandchild'].map(name => `flow-trigger-for-each-item-${name}`)
    await save(child!, grandchild!)
    await start('io.kestra.tests.trigger.foreachitem', child!)
    await expect.poll(() => states(grandchild!), patience).toEqual(['SUCCESS'])
    const { taskRuns, logs } = await engine.read((await found(grandchild!))[0]!.id)
    expect(taskRuns.map(({ taskId }) => taskId)).toEqual(['test_if_empty', 'not_empty_file'])
    expect(logs.map(({ message }) => message)).toContain('Hello World')
  })

  test('each state of executions that wait for a place', async () => {
    const [flow, listener] = ['trigger-flow-with-concurrency-limit', 'trigger-flow-listener-with-concurrency-limit']
    await save(flow, listener)
    const namespace = 'io.kestra.tests.trigger.concurrency'
    const ids = [await start(namespace, flow), await start(namespace, flow)].map(({ id }) => id)
    await expect.poll(async () => (await found(listener)).length, patience).toBe(5)
    await caughtUp()
    const seen = (await found(listener)).map(
      ({ trigger }) => (trigger as { variables: { executionId: string; state: string } }).variables,
    )
    const of = (id: string) => seen.filter(({ executionId }) => executionId === id).map(({ state }) => state)
    expect(of(ids[0]!)).toEqual(['RUNNING', 'SUCCESS'])
    expect(of(ids[1]!)).toEqual(['QUEUED', 'RUNNING', 'SUCCESS'])
  })

  test('several conditions of which one is never met', async () => {
    const [c, d] = ['c', 'd'].map(name => `trigger-multiplecondition-flow-${name}`)
    await save(c!, d!, 'trigger-multiplecondition-failed')
    await start('io.kestra.tests.trigger', c!)
    await start('io.kestra.tests.trigger', d!)
    await caughtUp()
    expect(await states(c!)).toEqual(['FAILED'])
    expect(await states('trigger-multiplecondition-failed')).toEqual([])
  })
})
