import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { plans } from '#db/plans'
import { chooseRunner, hostedPolicy, localPolicy } from '../runners/policy'
import { runnerNames } from '../runners/runner'
import { PolicyFileError, parsePolicyFile, readPolicyFile } from './read-policy-file'
import { createTenantPolicies, resolvePolicy } from './tenant-policies'

const parse = (text: string) => parsePolicyFile('policy.yaml', text)
const none = parse('')
const file = parse(`
all:
  runners: { process: [] }
  maxLogMiB: 1
  limits: { cpus: 3 }
plans:
  TEAM: { limits: { cpus: 5, memory: 1Gi }, cluster: { pods: 7 } }
tenants:
  acme: { limits: { cpus: 500m }, docker: { volumes: true } }
`)

function problemsOf(text: string): string[] {
  try {
    parse(text)
    return []
  } catch (error) {
    if (error instanceof PolicyFileError) return error.problems
    throw error
  }
}

describe('the policy of a tenant', () => {
  test.each([
    [
      'a plan',
      none,
      { slug: 'x', plan: 'FREE' },
      { limits: { cpus: 1, pids: 1024 }, grant: { pods: 4, most: { cpus: 1 } } },
    ],
    ['all', file, { slug: 'x', plan: 'FREE' }, { limits: { cpus: 3, pids: 1024 }, maxLogBytes: 1024 ** 2 }],
    [
      'its plan',
      file,
      { slug: 'x', plan: 'TEAM' },
      { limits: { cpus: 5, memoryBytes: 1024 ** 3 }, grant: { pods: 7 } },
    ],
    [
      'itself',
      file,
      { slug: 'acme', plan: 'TEAM' },
      { limits: { cpus: 0.5, memoryBytes: 1024 ** 3 }, grant: { pods: 7 } },
    ],
    ['itself, opened', file, { slug: 'acme', plan: 'FREE' }, { docker: { volumes: true, privileged: false } }],
  ] as const)('says what the file says of %s', (_name, given, tenant, expected) => {
    expect(resolvePolicy(localPolicy, given, tenant)).toMatchObject(expected)
  })

  test('lets nobody with the largest plan lose what all had before there were plans', () => {
    const { limits, grant, maxLogBytes } = resolvePolicy(localPolicy, none, { slug: 'x', plan: 'SCALE' })
    expect({ limits, maxLogBytes }).toEqual({ limits: localPolicy.limits, maxLogBytes: localPolicy.maxLogBytes })
    // Since then each pod asks for the CPUs of what moves its files, too.
    expect(grant).toEqual({ ...localPolicy.grant, cpus: '100', most: {} })
  })

  test('of a hosted installation is Kubernetes only, until its operator allows more', () => {
    const all = new Set(runnerNames)
    const docker = 'io.kestra.plugin.scripts.runner.docker.Docker'
    const open = parse('plans: { TEAM: { runners: { docker: [docker] } } }')
    const runnerOf = (plan: 'FREE' | 'TEAM') =>
      chooseRunner(docker, resolvePolicy(hostedPolicy, open, { slug: 'x', plan }), all)
    expect(runnerOf('FREE')).toMatchObject({ runner: 'kubernetes' })
    expect(runnerOf('TEAM')).toMatchObject({ runner: 'docker' })
  })
})

describe('the operator’s file', () => {
  test('may say all that the example says', () => {
    const path = join(import.meta.dirname, '../../infra/runner-policy.example.yaml')
    const { all } = parse(readFileSync(path, 'utf8'))
    expect(all).toMatchObject({
      runnersFor: { process: [] },
      limits: { cpus: 4, memoryBytes: 8 * 1024 ** 3, killGraceMs: 60_000 },
      grant: { warm: { pods: 2, uses: 20, idleMs: 300_000 }, serviceAccounts: ['loader'] },
    })
  })

  test.each([
    ['all:\n  runners:\n    docker: [podman]\n', ['line 3, all.runners.docker.0: Invalid option: expected one of']],
    ['all:\n  runners:\n    podman: [docker]\n', ['line 3, all.runners.podman: is not known here']],
    ['all:\n  limits:\n    cpu: 2\n', ['line 3, all.limits.cpu: is not known here']],
    [
      'all:\n  limits: { cpus: many, memory: 8GB }\n',
      ['line 2, all.limits.cpus: must be an amount of CPU', 'line 2, all.limits.memory'],
    ],
    ['plans:\n  GOLD: {}\n', ['line 2, plans.GOLD: is not known here']],
    [
      'tenants:\n  acme:\n    killGrace: soon\n    maxLogMiB: -1\n',
      ['line 3, tenants.acme.killGrace: must be a duration', 'line 4'],
    ],
    ['everybody: {}\n', ['line 1, everybody: is not known here']],
    ['all: {\n', ['line 2: ']],
    ['- all\n', ['line 1: Invalid input: expected object']],
    ['all:\n  default: docker\n  default: process\n', ['line 3: Map keys must be unique']],
  ])('%j is refused by line', (text, expected) => {
    const problems = problemsOf(text)
    expect(problems).toHaveLength(expected.length)
    for (const [index, start] of expected.entries()) expect(problems[index]).toContain(start)
  })

  test('that is not there is named, with the variable', async () => {
    await expect(readPolicyFile('/no/such.yaml')).rejects.toThrow(/\/no\/such.yaml \(MILLRACE_RUNNER_POLICY\).*ENOENT/s)
    expect(await readPolicyFile(undefined)).toEqual(none)
    const folder = await mkdtemp(join(tmpdir(), 'millrace-policy-'))
    await writeFile(join(folder, 'policy.yaml'), 'all: { default: process }')
    expect((await readPolicyFile(join(folder, 'policy.yaml'))).all).toMatchObject({ defaultRunner: 'process' })
    await rm(folder, { recursive: true })
  })
})

describe('the plan of a tenant', () => {
  test('is asked for once, and again where that failed', async () => {
    let asked = 0
    const policyOf = createTenantPolicies({
      base: localPolicy,
      file: none,
      readTenant: async () => {
        asked++
        if (asked === 1) throw new Error('the database is away')
        return { slug: 'acme', plan: 'TEAM' }
      },
    })
    await expect(policyOf('1')).rejects.toThrow('away')
    const [first, second] = await Promise.all([policyOf('1'), policyOf('1')])
    expect([first.limits.cpus, second, asked]).toEqual([plans.TEAM.task.cpus, first, 2])
    await policyOf('2')
    expect(asked).toBe(3)
  })
})
