import { describe, expect, test } from 'vitest'
import { chooseRunner, hostedPolicy, localPolicy, type RunnerPolicy } from './policy'
import type { RunnerName } from './runner'

const processType = 'io.kestra.plugin.core.runner.Process'
const dockerType = 'io.kestra.plugin.scripts.runner.docker.Docker'
const kubernetesType = 'io.kestra.plugin.ee.kubernetes.runner.Kubernetes'

const noProcess: RunnerPolicy = { ...localPolicy, runnersFor: { ...localPolicy.runnersFor, process: [] } }

describe('chooseRunner', () => {
  test.each<[string, string | undefined, RunnerPolicy, RunnerName[], string, string]>([
    ['local, Docker there', undefined, localPolicy, ['process', 'docker'], 'docker', 'DEBUG'],
    ['local, Docker named', dockerType, localPolicy, ['process', 'docker'], 'docker', 'DEBUG'],
    ['local, no Docker', dockerType, localPolicy, ['process'], 'process', 'WARN'],
    ['local, process named', processType, localPolicy, ['process', 'docker'], 'process', 'DEBUG'],
    ['local, no cluster', kubernetesType, localPolicy, ['process', 'docker'], 'docker', 'WARN'],
    ['hosted', dockerType, hostedPolicy, ['kubernetes', 'docker', 'process'], 'kubernetes', 'INFO'],
    ['hosted, process named', processType, hostedPolicy, ['kubernetes', 'process'], 'kubernetes', 'INFO'],
    ['hosted, none named', undefined, hostedPolicy, ['kubernetes'], 'kubernetes', 'DEBUG'],
  ])('%s', (_name, type, policy, available, runner, level) => {
    const choice = chooseRunner(type, policy, new Set(available))
    expect(choice).toMatchObject({ kind: 'chosen', runner, notice: { level } })
  })

  test.each<[string, string | undefined, RunnerPolicy, RunnerName[], RegExp]>([
    ['an unknown type', 'com.example.Runner', localPolicy, ['process'], /Unknown task runner "com.example.Runner"/],
    ['hosted never falls back', undefined, hostedPolicy, ['process', 'docker'], /no Kubernetes cluster answers/],
    ['what the operator forbids', processType, noProcess, ['process', 'docker'], /process is not allowed here/],
  ])('refuses: %s', (_name, type, policy, available, message) => {
    const choice = chooseRunner(type, policy, new Set(available))
    expect(choice.kind === 'refused' && choice.message).toMatch(message)
  })

  test('says that a process isolates nothing', () => {
    const choice = chooseRunner(dockerType, localPolicy, new Set<RunnerName>(['process']))
    expect(choice.kind === 'chosen' && choice.notice.message).toMatch(/no Docker daemon answers/)
    expect(choice.kind === 'chosen' && choice.notice.message).toMatch(/without isolation/)
  })
})
