import { describe, expect, test } from 'vitest'
import { fitRequest } from './fit-request'
import { localPolicy, type RunnerPolicy } from './policy'
import type { RunnerName } from './runner'

const gibibyte = 1024 ** 3
const policy: RunnerPolicy = {
  ...localPolicy,
  limits: { cpus: 2, memoryBytes: 4 * gibibyte, pids: 100, killGraceMs: 60_000 },
}
const docker = { cpu: { cpus: 1.5 }, memory: { memory: '512MB' }, volumes: ['/etc:/etc'], pullPolicy: 'NEVER' }
const kubernetes = {
  resources: { request: { cpu: '100m' }, limit: { cpu: '500m', memory: '1Gi' } },
  labels: { a: 'b' },
}
const half = { cpus: 0.5, memoryBytes: gibibyte }

function fitFor(requested: RunnerName, runner: RunnerName, options: Record<string, unknown>) {
  return fitRequest({ requested, runner, options, policy })
}

describe('what a task asks', () => {
  test.each<[string, RunnerName, RunnerName, Record<string, unknown>, object, object]>([
    ['of Docker', 'docker', 'docker', docker, { cpus: 1.5, memoryBytes: gibibyte / 2, pids: 100 }, docker],
    ['of Docker', 'docker', 'kubernetes', docker, { cpus: 1.5, memoryBytes: gibibyte / 2 }, { pullPolicy: 'NEVER' }],
    ['of Kubernetes', 'kubernetes', 'docker', kubernetes, half, {}],
    [
      'of Kubernetes',
      'kubernetes',
      'kubernetes',
      kubernetes,
      half,
      { resources: { request: { cpu: '100m' } }, labels: { a: 'b' } },
    ],
    [
      'of AWS',
      'aws-batch',
      'kubernetes',
      { region: 'eu', resources: { request: { cpu: '0.5', memory: '1024' } } },
      half,
      {},
    ],
    ['of Google', 'google-batch', 'docker', { computeResource: { cpu: '500', memory: '1024' } }, half, {}],
  ])('%s (%s) holds on %s', (_name, requested, runner, options, limits, passedOn) => {
    const fitted = fitFor(requested, runner, options)
    expect(fitted).toMatchObject({ limits, warnings: [] })
    expect(fitted.options).toEqual(passedOn)
  })

  test.each<[RunnerName, object]>([
    ['docker', { cpus: 2, memoryBytes: 4 * gibibyte }],
    // The defaults of the namespace.
    ['kubernetes', { cpus: undefined, memoryBytes: undefined }],
  ])('nothing of, on %s', (runner, limits) => {
    expect({ cpus: undefined, memoryBytes: undefined, ...fitFor(runner, runner, {}).limits }).toMatchObject(limits)
  })

  test('too much of, it does not get, and its log says so', () => {
    const { limits, warnings } = fitFor('docker', 'kubernetes', { cpu: { cpus: 8 }, memory: { memory: '16GB' } })
    expect(limits).toMatchObject({ cpus: 2, memoryBytes: 4 * gibibyte })
    expect(warnings).toEqual([
      'The task asks for 8 CPUs and gets 2 CPUs, the most that is allowed here.',
      'The task asks for 16384 MiB of memory and gets 4096 MiB of memory, the most that is allowed here.',
    ])
  })

  test.each([
    ['PT5S', 5000],
    ['PT1H', 60_000],
    [undefined, 0],
  ])('killGracePeriod: %s is %s ms', (killGracePeriod, ms) => {
    expect(fitFor('docker', 'docker', { killGracePeriod }).limits.killGraceMs).toBe(ms)
  })

  test.each<[RunnerName, Record<string, unknown>, RegExp]>([
    ['docker', { memory: { memory: 'lots' } }, /"lots" is not an amount of memory; write e.g. 512MB/],
    ['kubernetes', { resources: { limit: { cpu: 'all' } } }, /"all" is not an amount of CPU/],
  ])('in a way that can’t be read is refused: %s %j', (requested, options, message) => {
    expect(() => fitFor(requested, 'docker', options)).toThrow(message)
  })
})
