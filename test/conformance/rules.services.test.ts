/** Our own flows, one per rule of the language, through the real engine: files of `flows/`, many at a time. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeTemporal } from '#web/server/temporal'
import { scopeOf } from '#web/server/testing/owner-scope'
import { createTurns } from '#worker/triggers/turns'
import { type FreshDatabase, freshDatabase } from '../harness/database'
import { Engine } from '../harness/engine'
import { freshNamespace } from '../harness/namespace'
import { type Expectation, type RuleCase, readRuleCases } from './rule-case'
import { runRule } from './run-rule'

const only = process.env.RULE ?? ''
const cases = readRuleCases().filter(({ name }) => name.includes(only))

/** All at once would wait for the ten connections to the database, on a busy machine for longer than a request may. */
const inTurn = createTurns(20)

let database: FreshDatabase
let engine: Engine
const runs = new Map<string, Promise<Partial<Expectation>>>()

beforeAll(async () => {
  database = await freshDatabase()
  const { address, namespace } = await freshNamespace()
  process.env.MILLRACE_SECRET = 'a secret that only the tests know of'
  const { url: databaseUrl, tenantId, userId } = database
  engine = await Engine.start({ databaseUrl, tenantId, temporalAddress: address, namespace })
  const scope = scopeOf({ tenantId, tenant: 'acme', userId })
  for (const rule of cases) {
    const run = inTurn(() => runRule(engine, scope, rule))
    run.catch(() => undefined)
    runs.set(rule.name, run)
  }
})

afterAll(async () => {
  await closeTemporal()
  await engine?.stop()
  await database?.drop()
})

// Any may wait for its turn until nearly all others have run.
describe('rules', { timeout: 300_000 }, () => {
  test.each(cases.map(rule => [rule.name, rule] as const))('%s', async (name, { expected }: RuleCase) => {
    const got = await runs.get(name)!
    if (expected.refused !== undefined) expect(got.refused ?? 'not refused').toContain(expected.refused)
    expect(defined(select(got, expected))).toEqual(defined(wanted(expected)))
  })
})

/** The part of what was got that the expectation speaks of. */
function select(got: Partial<Expectation>, expected: Expectation) {
  const pick = <T>(all: { [key: string]: T } | undefined, wanted: object) =>
    Object.fromEntries(Object.keys(wanted).map(key => [key, all?.[key]]))
  const labels = Object.entries(got.labels ?? {})
  return {
    ...got,
    refused: expected.refused ?? got.refused,
    warnings: expected.warnings && got.warnings,
    history: expected.history && got.history,
    outputs: pick(got.outputs, expected.outputs),
    histories: pick(got.histories, expected.histories),
    labels: Object.fromEntries(labels.filter(([key]) => !key.startsWith('system.') || key in expected.labels)),
    variables: expected.variables && got.variables,
    children: expected.children && got.children,
    logs: expected.logs ? got.logs : got.logs?.filter(line => line.startsWith('ERROR')),
  }
}

function wanted({ inputs: _given, do: _done, ...expected }: Expectation) {
  const runs = expected.problems === undefined && expected.refused === undefined
  return {
    ...expected,
    problems: expected.problems ?? [],
    logs: expected.logs?.toSorted() ?? (runs ? [] : undefined),
  }
}

/** A difference is then shown by itself. */
function defined(all: object) {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}
