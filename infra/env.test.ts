import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Env, EnvError, planOfNewTenants, readEnv, requiresVerifiedEmail } from './env'
import { envExample } from './env-example'

const root = join(import.meta.dirname, '..')

function problemsOf(source: Record<string, string>, required: (keyof Env)[] = []): string[] {
  try {
    readEnv({ source: source as NodeJS.ProcessEnv, required })
    return []
  } catch (error) {
    if (error instanceof EnvError) return error.problems
    throw error
  }
}

test('an empty environment has defaults', () => {
  const env = readEnv({ source: {} as NodeJS.ProcessEnv })
  expect(env).toMatchObject({ MILLRACE_PORT: 8080, MILLRACE_HOST: '127.0.0.1', TEMPORAL_NAMESPACE: 'default' })
  expect(env.DATABASE_URL).toBeUndefined()
})

describe('each bad variable is named', () => {
  test.each([
    [{ MILLRACE_PORT: 'eighty' }, 'MILLRACE_PORT'],
    [{ MILLRACE_PORT: '70000' }, 'MILLRACE_PORT'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must be a URL that starts with postgres://'],
    [{ TEMPORAL_ADDRESS: 'localhost' }, 'TEMPORAL_ADDRESS must be host:port'],
    [{ STORAGE_URL: '/tmp/x' }, 'STORAGE_URL must be a URL that starts with file:// or s3://'],
    [{ MILLRACE_SECRET: 'short' }, 'MILLRACE_SECRET must have at least 32 characters'],
    [{ MILLRACE_POLICY: 'none' }, 'MILLRACE_POLICY'],
    [{ MILLRACE_POLICY: 'hosted' }, 'MILLRACE_MASTER_KEY is missing'],
    [{ MILLRACE_MASTER_KEY: 'short' }, 'MILLRACE_MASTER_KEY must be 32 bytes in Base64'],
    [{ MILLRACE_EGRESS_ALLOW: '10.0.0.0/8, 10.0.0.1' }, 'MILLRACE_EGRESS_ALLOW.1 must be ranges such as'],
    [{ SMTP_URL: 'mail.example.com' }, 'SMTP_URL must be a URL that starts with smtp:// or smtps://'],
    [{ SMTP_URL: 'smtp://mail.example.com' }, 'MAIL_FROM is missing'],
    [{ SMTP_URL: 'smtp://mail.example.com', MAIL_FROM: 'a@b.example' }, 'MILLRACE_URL is missing'],
    [{ MILLRACE_OIDC_CLIENT_ID: 'millrace' }, 'MILLRACE_OIDC_ISSUER is missing'],
    [{ STRIPE_SECRET_KEY: 'sk_test_1' }, 'STRIPE_WEBHOOK_SECRET is missing'],
    [{ STRIPE_PRICE_TEAM: 'team' }, 'STRIPE_PRICE_TEAM must be ids of prices'],
    [{ MILLRACE_BOOTSTRAP_EMAIL: 'a@b.example' }, 'MILLRACE_BOOTSTRAP_PASSWORD is missing'],
  ])('%j', (source, problem) => {
    expect(problemsOf(source as Record<string, string>).join('\n')).toContain(problem)
  })

  test('all at once, with what is missing', () => {
    const problems = problemsOf({ MILLRACE_PORT: '0', TEMPORAL_ADDRESS: '::' }, ['DATABASE_URL', 'STORAGE_URL'])
    expect(problems.map(line => line.split(' ')[0])).toEqual([
      'MILLRACE_PORT',
      'TEMPORAL_ADDRESS',
      'DATABASE_URL',
      'STORAGE_URL',
    ])
  })

  test('an empty one counts as absent', () => {
    expect(problemsOf({ MILLRACE_PORT: '' })).toEqual([])
    expect(problemsOf({ DATABASE_URL: ' ' }, ['DATABASE_URL'])[0]).toContain('DATABASE_URL is missing')
  })
})

test.each([
  [{ MILLRACE_POLICY: 'local' }, 'SCALE'],
  [{ MILLRACE_POLICY: 'hosted' }, 'FREE'],
  [{ MILLRACE_POLICY: 'hosted', MILLRACE_PLAN: 'TEAM' }, 'TEAM'],
] as const)('new tenants with %j are on %s', (env, plan) => {
  expect(planOfNewTenants(env)).toBe(plan)
})

test.each([
  [{}, false],
  [{ SMTP_URL: 'smtp://mail.example.com' }, true],
  [{ SMTP_URL: 'smtp://mail.example.com', MILLRACE_REQUIRE_VERIFIED_EMAIL: false }, false],
  [{ MILLRACE_REQUIRE_VERIFIED_EMAIL: true }, true],
] as const)('with %j an address must be proven: %s', (env, isRequired) => {
  expect(requiresVerifiedEmail({ MILLRACE_REQUIRE_VERIFIED_EMAIL: undefined, SMTP_URL: undefined, ...env })).toBe(
    isRequired,
  )
})

test('.env.example is up to date (npm run env:example)', () => {
  expect(readFileSync(join(root, '.env.example'), 'utf8')).toBe(envExample())
})

/** Read by libraries, or by what the code starts. */
const foreign = new Set([
  'PATH',
  'HOME',
  'TMPDIR',
  'NODE_ENV',
  'CI',
  'PORT',
  'REQUIRE_ALL',
  'NEXT_RUNTIME',
  'AWS_REGION',
])

test('each variable that the product reads is described', () => {
  const unknown = ['infra', 'prisma', 'temporal-worker', 'web', 'plugins-catalog']
    .flatMap(room => readdirSync(join(root, room), { recursive: true, encoding: 'utf8' }).map(name => join(room, name)))
    .filter(name => /\.tsx?$/.test(name) && !/\.test\.|node_modules|\.next|generated/.test(name))
    .flatMap(name => {
      const read = readFileSync(join(root, name), 'utf8').matchAll(/process\.env\.([A-Z_]+)/g)
      return [...read].map(match => ({ name, variable: match[1] as string }))
    })
    .filter(({ variable }) => !foreign.has(variable) && !(variable in Env.shape))
  expect(unknown).toEqual([])
})
