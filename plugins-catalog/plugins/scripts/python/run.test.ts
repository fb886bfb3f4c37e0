import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TaskError } from '#language/define-plugin'
import { type ScriptHarness, startScriptHarness } from '../../../../test/harness/script-context'
import { commands, script } from './plugin'
import run from './run'

let harness: ScriptHarness
beforeEach(async () => {
  harness = await startScriptHarness()
})
afterEach(() => harness.stop())

const process = { type: 'io.kestra.plugin.core.runner.Process' }

function runScript(properties: Record<string, unknown>) {
  return run(harness.ctx, script.properties.parse({ taskRunner: process, ...properties }) as never)
}

describe('python.Script', () => {
  test("transforms a stored file, as the seed's pipeline does", async () => {
    const uri = await harness.store('products', '{"products": [{"brand": "A", "price": 3, "id": 1}, {"price": 5}]}')
    const outputs = await runScript({
      inputFiles: { 'data.json': uri },
      outputFiles: ['*.json'],
      script: `
import json
filtered_data = [
    {col: product.get(col, "N/A") for col in ["brand", "price"]}
    for product in json.load(open("data.json"))["products"]
]
json.dump(filtered_data, open("products.json", "w"))
`,
    })
    expect(outputs).toMatchObject({ exitCode: 0, vars: {} })
    const files = outputs.outputFiles as Record<string, string>
    expect(Object.keys(files)).toEqual(['data.json', 'products.json'])
    expect(JSON.parse(await harness.read(files['products.json']))).toEqual([
      { brand: 'A', price: 3 },
      { brand: 'N/A', price: 5 },
    ])
  })

  test("knows JSON's names and keeps the script's line numbers", async () => {
    const failure: TaskError = await runScript({
      script: `print(true, false, null)\nassert true is True\nraise ValueError("line three")`,
    }).catch(error => error)
    expect(failure.message).toContain('exit code 1')
    expect(failure.message).toContain('ValueError: line three')
    expect(failure.outputs).toMatchObject({ exitCode: 1 })
    expect(harness.logs).toContainEqual({ level: 'INFO', message: 'True False None' })
    expect(harness.logs.map(({ message }) => message).join('\n')).toMatch(/millrace_script\.py", line 3/)
  })

  test('names the line of a syntax error', async () => {
    const failure: TaskError = await runScript({ script: 'x = 1\ndef (' }).catch(error => error)
    expect(failure.message).toMatch(/line 2/)
    expect(failure.message).toMatch(/SyntaxError/)
  })

  test('imports modules from its input files', async () => {
    const outputs = await runScript({
      inputFiles: { 'helper.py': 'answer = 42', 'package/inner.py': 'name = "deep"' },
      script: `import helper, package.inner\nprint('::' + __import__('json').dumps({"outputs": {"answer": helper.answer, "name": package.inner.name}}) + '::')`,
    })
    expect(outputs.vars).toEqual({ answer: 42, name: 'deep' })
  })

  test("reads a stored file by the URI in the script's text", async () => {
    const uri = await harness.store('orders', 'one\ntwo\n')
    await runScript({ script: `print(len(open('${uri}').readlines()))` })
    expect(harness.logs).toContainEqual({ level: 'INFO', message: '2' })
  })

  test('stores what lies in the output directory', async () => {
    const outputs = await runScript({
      script: `open('{{ outputDir }}/a.txt', 'w').write('x')\nimport os\nprint(os.environ['OUTPUT_DIR'] == '{{ outputDir }}')`,
    })
    expect(Object.keys(outputs.outputFiles as object)).toEqual(['a.txt'])
    expect(harness.logs).toContainEqual({ level: 'INFO', message: 'True' })
  })

  test('says which package could not be installed', async () => {
    const failure: TaskError = await runScript({
      dependencies: ['./no-such-package'],
      packageManager: 'PIP',
      script: 'print(1)',
    }).catch(error => error)
    expect(failure.message).toContain('no-such-package')
    expect(failure.message).toContain('could not be installed')
  })
})

describe('python.Commands', () => {
  test('runs each command and stops at the first that fails', async () => {
    const failure: TaskError = await run(
      harness.ctx,
      commands.properties.parse({
        taskRunner: process,
        inputFiles: '{"main.py": "print(\\"from main\\")"}',
        commands: ['python3 main.py', 'false', 'echo never'],
      }) as never,
    ).catch(error => error)
    expect(failure.outputs).toMatchObject({ exitCode: 1 })
    expect(harness.logs).toContainEqual({ level: 'INFO', message: 'from main' })
    expect(harness.logs).not.toContainEqual({ level: 'INFO', message: 'never' })
  })
})
