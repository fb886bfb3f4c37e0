import { randomUUID } from 'node:crypto'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TaskError } from '#language/define-plugin'
import { createDockerRunner } from '#worker/runners/docker'
import { createKubernetesRunner } from '#worker/runners/kubernetes'
import { connectCluster } from '#worker/runners/kubernetes/cluster'
import { canStartDocker, startDocker } from '../../../../test/harness/docker'
import { loadKubeConfig, testKubeconfig, testRunnerOptions } from '../../../../test/harness/kubernetes'
import { makeWheel, pipWheel } from '../../../../test/harness/python-tools'
import { type ScriptHarness, startScriptHarness } from '../../../../test/harness/script-context'
import { canBeKept } from './dependencies'
import { script } from './plugin'
import run from './run'

type Subject = { name: string; taskRunner: string; start(): Promise<{ harness: ScriptHarness; stop(): Promise<void> }> }

const onThisMachine: Subject = {
  name: 'processes of this machine',
  taskRunner: 'io.kestra.plugin.core.runner.Process',
  async start() {
    const harness = await startScriptHarness()
    return { harness, stop: async () => {} }
  },
}

const inDocker: Subject = {
  name: 'Docker containers',
  taskRunner: 'io.kestra.plugin.scripts.runner.docker.Docker',
  async start() {
    const { docker, importImage, stop } = await startDocker()
    await importImage('python:3')
    return { harness: await startScriptHarness([createDockerRunner({ instance: randomUUID(), docker })]), stop }
  },
}

const inKubernetes = (kubeconfig: string): Subject => ({
  name: 'Kubernetes Jobs',
  taskRunner: 'io.kestra.plugin.ee.kubernetes.runner.Kubernetes',
  async start() {
    const tenantId = `packages-${randomUUID().slice(0, 8)}`
    const runner = createKubernetesRunner(testRunnerOptions(randomUUID(), kubeconfig))
    return {
      harness: await startScriptHarness([runner], tenantId),
      async stop() {
        await connectCluster(loadKubeConfig(kubeconfig)).core.deleteNamespace({ name: `millrace-test-${tenantId}` })
      },
    }
  },
})

const kubeconfig = testKubeconfig()
const subjects = [
  onThisMachine,
  ...(canStartDocker() ? [inDocker] : []),
  ...(kubeconfig === undefined ? [] : [inKubernetes(kubeconfig)]),
]

/** No index is asked: the one package there is comes as a file, and pip itself, too. */
describe.each(subjects)('packages of $name', ({ taskRunner, start }) => {
  let harness: ScriptHarness
  let stop: () => Promise<void>
  let files: Record<string, string>

  beforeAll(async () => {
    ;({ harness, stop } = await start())
    files = {
      'pip.whl': await harness.store('pip.whl', await pipWheel()),
      'wheels/demo-1.0-py3-none-any.whl': await harness.store('demo.whl', makeWheel('demo', '1.0', 'value = 5')),
    }
  }, 180_000)
  afterAll(async () => {
    await stop()
    await harness.stop()
  })

  async function runScript(properties: Record<string, unknown>): Promise<string[]> {
    harness.logs.length = 0
    const task = {
      taskRunner: { type: taskRunner, ...(taskRunner.endsWith('Kubernetes') && { pullPolicy: 'NEVER' }) },
      containerImage: 'python:3',
      packageManager: 'PIP',
      dependencies: ['demo==1.0'],
      env: {
        PIP_NO_INDEX: '1',
        PIP_FIND_LINKS: '{{ workingDir }}/wheels',
        PYTHONPATH: '{{ workingDir }}/pip.whl',
      },
      script: 'import demo\nprint("value", demo.value)',
      ...properties,
    }
    const outputs = await run(harness.ctx, script.properties.parse(task) as never)
    expect(outputs.outputFiles).toEqual({})
    return harness.logs.map(({ message }) => message)
  }

  const failureOf = (properties: Record<string, unknown>): Promise<TaskError> =>
    runScript(properties).then(
      () => expect.unreachable(),
      error => error,
    )

  test("a wrong one is told of in pip's own words", async () => {
    const { message } = await failureOf({ dependencies: ['no-such-package==1.0'], inputFiles: files })
    expect(message).toContain('No matching distribution found for no-such-package==1.0')
    expect(message).toContain('The dependencies could not be installed')
  }, 120_000)

  test('are installed once, before beforeCommands, and found again', async () => {
    const beforeCommands = ['"$millrace_python" -c "import demo; print(demo.__name__)"']
    expect(await runScript({ inputFiles: files, beforeCommands })).toEqual(
      expect.arrayContaining(['demo', 'value 5', 'Python packages of this task: demo==1.0']),
    )
    expect(await runScript({})).toContain('value 5')
    const { message } = await failureOf({ dependencyCacheEnabled: false })
    expect(message).toMatch(/could not be installed/)
  }, 240_000)

  // A process finds its packages in a folder of the machine: there is no archive that could break.
  if (taskRunner.endsWith('Process')) return
  test('what was kept is left out of account when it is broken', async () => {
    await runScript({ inputFiles: files })
    const kept = join(harness.root, 'storage/cache/python')
    for (const name of await readdir(kept)) await writeFile(join(kept, name), 'no archive')
    expect(await runScript({ inputFiles: files })).toContain('value 5')
    expect(await runScript({})).toContain('value 5')
  }, 240_000)
})

test.each<[string, boolean]>([
  ['pandas==2.2.3', true],
  ['requests >= 2, < 3', true],
  ['--extra-index-url https://example.com/simple', true],
  ['./demo', false],
  ['../demo', false],
  ['/opt/demo.whl', false],
  ['demo @ file:///opt/demo', false],
  ['-r requirements.txt', false],
  ['--requirement requirements.txt', false],
  ['-e .', false],
])('whether packages are kept: %s', (dependency, expected) => {
  const wanted = { packageManager: 'UV', uvAutoInstallEnabled: false } as const
  expect(canBeKept({ ...wanted, dependencies: ['six', dependency] })).toBe(expected)
})
