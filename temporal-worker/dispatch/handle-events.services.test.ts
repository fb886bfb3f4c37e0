import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { catalog } from '#catalog/manifests'
import { type ScopedDb, tenantDb } from '#db/tenant-db'
import { startExecution } from '#web/server/executions/start-execution'
import { createFlow } from '#web/server/flows/create-flow'
import { openWebKit, type WebKit } from '#web/server/testing/web-kit'
import type { ActivityDependencies } from '../activities/dependencies'
import { handleEvents } from './handle-events'

let kit: WebKit
let db: ScopedDb
beforeAll(async () => {
  kit = await openWebKit()
  db = tenantDb(kit.tenantId)
})
afterAll(() => kit?.close())

/** Where the worker dies next, and the workflows that were begun. */
let dies: 'before commit' | 'after commit' | undefined
let begun: string[]
beforeEach(() => {
  dies = undefined
  begun = []
})

function dependencies(): ActivityDependencies {
  return {
    db: (tenantId: string) =>
      new Proxy(tenantDb(tenantId), {
        get: (real, name) => (name === 'transact' ? transactOf(real) : Reflect.get(real, name)),
      }),
    client: {
      workflow: {
        start: async (_name: string, { workflowId }: { workflowId: string }) => begun.push(workflowId.split('/')[1]!),
      },
    },
    catalog,
    serverVariables: {},
    report: () => undefined,
  } as unknown as ActivityDependencies
}

function transactOf(real: ScopedDb): ScopedDb['transact'] {
  return async (work, options) => {
    const result = await real.transact(async tx => {
      const done = await work(tx)
      if (dies === 'before commit') throw new Error('died')
      return done
    }, options)
    if (dies === 'after commit') throw new Error('died')
    return result
  }
}

const handle = () => handleEvents(dependencies(), kit.tenantId)
const executions = (namespace: string) =>
  db.execution.findMany({ where: { namespace, flowId: 'b' }, orderBy: { createdAt: 'asc' } })
const row = (namespace: string) => db.trigger.findFirstOrThrow({ where: { namespace, flowId: 'b' } })

async function saveFlows(namespace: string, upstreams: string[]): Promise<void> {
  for (const id of upstreams)
    await createFlow(
      kit.scope,
      `id: ${id}\nnamespace: ${namespace}\ntasks:\n  - {id: one, type: io.kestra.plugin.core.debug.Return, format: x}\n`,
    )
  const flows = upstreams.map(id => `{namespace: ${namespace}, flowId: ${id}}`).join(', ')
  await createFlow(
    kit.scope,
    `id: b
namespace: ${namespace}
tasks:
  - {id: wait, type: io.kestra.plugin.core.flow.Sleep, duration: PT1H}
triggers:
  - id: follow
    type: io.kestra.plugin.core.trigger.Flow
    preconditions: {id: p, flows: [${flows}]}
`,
  )
}

const start = (namespace: string, id: string) => startExecution(kit.scope, { namespace, id, inputs: {}, labels: [] })

describe('a worker that dies while it handles what a flow follows', () => {
  test('before all is written leaves the event, and nothing else', async () => {
    const namespace = 'before'
    await saveFlows(namespace, ['a', 'c'])
    await start(namespace, 'a')
    await handle()
    const remembered = (await row(namespace)).state
    await start(namespace, 'c')
    dies = 'before commit'
    await expect(handle()).rejects.toThrow('died')
    await expect(handle()).rejects.toThrow('died')
    expect(await executions(namespace)).toEqual([])
    expect((await row(namespace)).state).toEqual(remembered)
    dies = undefined
    await handle()
    const [execution, ...more] = await executions(namespace)
    expect(more).toEqual([])
    expect(begun).toEqual([execution!.id])
    expect((await row(namespace)).state).toEqual({ joints: {} })
  })

  test('after it leaves an execution that waits to be begun, as one that Temporal could not take', async () => {
    const namespace = 'after'
    await saveFlows(namespace, ['a'])
    await start(namespace, 'a')
    dies = 'after commit'
    await expect(handle()).rejects.toThrow('died')
    dies = undefined
    await handle()
    expect(begun).toEqual([])
    expect(await executions(namespace)).toMatchObject([{ state: 'CREATED', trigger: { id: 'follow' } }])
    expect(await db.executionEvent.count()).toBe(0)
  })

  test('several that handle events at once handle each once', async () => {
    const namespace = 'many'
    await saveFlows(namespace, ['a'])
    for (let count = 0; count < 10; count++) await start(namespace, 'a')
    await Promise.all([handle(), handle(), handle()])
    const followed = await executions(namespace)
    expect(followed.length).toBe(10)
    expect(begun.sort()).toEqual(followed.map(({ id }) => id).sort())
  })
})
