import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer } from '#catalog/plugins/core/http/test-server'
import { createFlow } from '#web/server/flows/create-flow'
import { updateFlow } from '#web/server/flows/update-flow'
import { openWebKit, type WebKit } from '#web/server/testing/web-kit'
import { Engine } from '../../test/harness/engine'

let kit: WebKit
let engine: Engine
let stock = 0
const seen: (string | undefined)[] = []
const shop = await startTestServer({
  '/stock': (request, response) => {
    seen.push(request.headers.authorization)
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ stock, said: request.headers.authorization }))
  },
})
beforeAll(async () => {
  process.env.SECRET_SHOP = Buffer.from('open-sesame').toString('base64')
  kit = await openWebKit()
  engine = await Engine.start(kit.engine)
})
afterAll(async () => {
  await engine?.stop()
  await kit?.close()
  shop.close()
})

const flow = (condition: string, more = '') => `id: shop
namespace: company.team
tasks:
  - id: out
    type: io.kestra.plugin.core.debug.Return
    format: "{{ trigger.body.stock }} of {{ trigger.code }}"
outputs:
  - {id: said, type: STRING, value: "{{ outputs.out.value }}"}
triggers:
  - id: watch
    type: io.kestra.plugin.core.http.Trigger
    interval: PT1S
    uri: ${shop.url}/stock
    headers:
      authorization: "{{ secret('SHOP') }}"
    responseCondition: "${condition}"
${more}`
const save = (source: string) => updateFlow(kit.scope, { namespace: 'company.team', id: 'shop', source })
const executions = () => engine.db.execution.findMany({ orderBy: { createdAt: 'asc' } })
const row = () => engine.db.trigger.findFirstOrThrow()

test('http.Trigger asks at each interval and starts the flow by the answer', async () => {
  await createFlow(kit.scope, flow('{{ fromJson(response.body).stock > 0 }}', '    stopAfter: [SUCCESS]\n'))
  await expect.poll(() => seen.length, { timeout: 30_000 }).toBeGreaterThan(2)
  expect(await executions()).toEqual([])
  expect(new Set(seen)).toEqual(new Set(['open-sesame']))
  stock = 7
  await expect
    .poll(async () => (await executions()).map(({ state }) => state), { timeout: 30_000 })
    .toEqual(['SUCCESS'])
  expect((await executions())[0]).toMatchObject({
    outputs: { said: '7 of 200' },
    trigger: { id: 'watch', variables: { body: { stock: 7, said: '******' }, code: 200 } },
  })
  await expect.poll(async () => (await row()).disabledReason, { timeout: 20_000 }).toMatch(/stopAfter/)
})

test('an error stands at the trigger, without secrets, until an edit mends it', async () => {
  stock = 0
  await engine.db.trigger.updateMany({ data: { disabled: false, updatedAt: new Date(), isSynced: false } })
  await save(flow("{{ secret('SHOP') | number }}"))
  await expect.poll(async () => (await row()).error, { timeout: 30_000 }).not.toBeNull()
  expect((await row()).error).not.toContain('sesame')
  await save(flow('{{ fromJson(response.body).stock > 0 }}'))
  await expect.poll(async () => (await row()).error, { timeout: 30_000 }).toBeNull()
  expect(await executions()).toHaveLength(1)
})

test('a script is run at each interval and starts the flow once its exit code is as wished', async () => {
  const marked = join(await mkdtemp(join(tmpdir(), 'millrace-poll-')), 'ready')
  await createFlow(
    kit.scope,
    `id: script
namespace: company.team
tasks:
  - {id: out, type: io.kestra.plugin.core.debug.Return, format: "{{ trigger.exitCode }} {{ trigger.vars.rows }}"}
outputs:
  - {id: said, type: STRING, value: "{{ outputs.out.value }}"}
triggers:
  - id: look
    type: io.kestra.plugin.scripts.shell.ScriptTrigger
    taskRunner: {type: io.kestra.plugin.core.runner.Process}
    interval: PT1S
    exitCondition: exit 3
    script: |
      echo '::{"outputs":{"rows":5}}::'
      echo x >> ${marked}.looks
      if [ -e ${marked} ]; then exit 3; fi
`,
  )
  const looks = async () => (await readFile(`${marked}.looks`, 'utf8').catch(() => '')).length / 2
  const found = () => engine.db.execution.findMany({ where: { flowId: 'script' } })
  await expect.poll(looks, { timeout: 30_000 }).toBeGreaterThan(1)
  expect(await found()).toEqual([])
  await writeFile(marked, '')
  await expect.poll(async () => (await found()).map(({ state }) => state), { timeout: 30_000 }).toEqual(['SUCCESS'])
  expect((await found())[0]).toMatchObject({ outputs: { said: '3 5' } })
  const before = await looks()
  await expect.poll(looks, { timeout: 30_000 }).toBeGreaterThan(before + 1)
  expect(await found()).toHaveLength(1)
})
