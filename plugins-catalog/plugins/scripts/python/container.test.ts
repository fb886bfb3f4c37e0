import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TaskError } from '#language/define-plugin'
import { createDockerRunner } from '#worker/runners/docker'
import { canStartDocker, startDocker, type TestDocker } from '../../../../test/harness/docker'
import { type ScriptHarness, startScriptHarness } from '../../../../test/harness/script-context'
import { script } from './plugin'
import run from './run'

describe.skipIf(!canStartDocker())('python.Script in a container', () => {
  let daemon: TestDocker
  let harness: ScriptHarness

  beforeAll(async () => {
    daemon = await startDocker()
    await daemon.importImage('python:3.11-slim')
    harness = await startScriptHarness([createDockerRunner({ instance: randomUUID(), docker: daemon.docker })])
  }, 180_000)
  afterAll(async () => {
    await daemon.stop()
    await harness.stop()
  })

  function runScript(properties: Record<string, unknown>) {
    const task = { containerImage: 'python:3.11-slim', ...properties }
    return run(harness.ctx, script.properties.parse(task) as never)
  }

  test("the seed's transform", async () => {
    const uri = await harness.store('products', '{"products": [{"brand": "A", "price": 3, "id": 1}, {"price": 5}]}')
    const outputs = await runScript({
      taskRunner: { type: 'io.kestra.plugin.scripts.runner.docker.Docker' },
      inputFiles: { 'data.json': uri },
      outputFiles: ['*.json'],
      script: `import json
filtered_data = [
    {col: product.get(col, "N/A") for col in ["brand","price"]}
    for product in json.load(open("data.json"))["products"]
]
json.dump(filtered_data, open("products.json", "w"), indent=4)
`,
    })
    const files = outputs.outputFiles as Record<string, string>
    expect(JSON.parse(await harness.read(files['products.json']))).toEqual([
      { brand: 'A', price: 3 },
      { brand: 'N/A', price: 5 },
    ])
    expect(outputs.taskRunner).toMatchObject({ containerId: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(harness.logs).toContainEqual({ level: 'DEBUG', message: 'Runs as a Docker container.' })
  })

  test("JSON's names and the script's own line numbers", async () => {
    const failure: TaskError = await runScript({ script: 'print(true)\nraise ValueError(null)' }).catch(error => error)
    expect(failure.message).toContain('ValueError: None')
    expect(failure.outputs).toMatchObject({ exitCode: 1 })
    expect(harness.logs.map(({ message }) => message).join('\n')).toContain('millrace_script.py", line 2')
  })

  test('an image that is not there', async () => {
    const failure: TaskError = await runScript({
      containerImage: 'registry.invalid/none:1',
      script: 'print(1)',
    }).catch(error => error)
    expect(failure.message).toMatch(/container image can't be used/)
    expect(
      harness.logs.some(({ level, message }) => level === 'ERROR' && message.includes('registry.invalid/none:1')),
    ).toBe(true)
  })
})
