import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pythonTools } from '../../../../test/harness/python-tools'
import { type ScriptHarness, startScriptHarness } from '../../../../test/harness/script-context'
import { script } from './plugin'
import run from './run'

const uv = await pythonTools('uv', ['uv'])
/** A Python with pip alone. */
const pip = uv && (await pythonTools('pip', ['pip']))

describe.skipIf(pip === null)('packages from the index of this machine', () => {
  let harness: ScriptHarness
  beforeAll(async () => {
    harness = await startScriptHarness()
  })
  afterAll(() => harness.stop())

  async function runScript(properties: Record<string, unknown>): Promise<string[]> {
    harness.logs.length = 0
    const task = {
      taskRunner: { type: 'io.kestra.plugin.core.runner.Process' },
      dependencies: ['idna==3.10'],
      script: 'import idna\nprint(idna.__version__)',
      ...properties,
    }
    await run(harness.ctx, script.properties.parse(task) as never)
    return harness.logs.map(({ message }) => message)
  }

  // The index may be behind a certificate of this machine's own, which pip is told of by its configuration.
  const trusted = { UV_NATIVE_TLS: '1', UV_SYSTEM_CERTS: '1' }
  const withUv = { PATH: `${uv}:/usr/bin:/bin`, ...trusted }
  const withoutUv = { PATH: `${pip}:/usr/bin:/bin`, ...trusted }
  /** Neither an index nor what a package manager kept for itself. */
  const nothingElse = {
    ...{ PIP_INDEX_URL: 'http://127.0.0.1:9/simple', PIP_RETRIES: '0', PIP_NO_CACHE_DIR: '1' },
    ...{ UV_DEFAULT_INDEX: 'http://127.0.0.1:9/simple', UV_NO_CACHE: '1' },
  }

  test.each([
    ['by uv', 'UV', withUv],
    ['by pip', 'PIP', withoutUv],
  ])(
    'are fetched %s, once',
    async (_, packageManager, env) => {
      expect(await runScript({ packageManager, env })).toContain('3.10')
      expect(await runScript({ packageManager, env: { ...env, ...nothingElse } })).toContain('3.10')
      const unkept = runScript({ packageManager, env: { ...env, ...nothingElse }, dependencyCacheEnabled: false })
      await expect(unkept).rejects.toThrow('The dependencies could not be installed')
    },
    300_000,
  )

  const installer = {
    dependencyCacheEnabled: false,
    env: withoutUv,
    script: 'import importlib.metadata as m\nprint("by", m.distribution("idna").read_text("INSTALLER").strip())',
  }

  test('where uv is missing pip does it, or uv is installed first', async () => {
    expect(await runScript(installer)).toContain('by pip')
    expect(await runScript({ ...installer, uvAutoInstallEnabled: true })).toContain('by uv')
  }, 300_000)
})
