import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catalog } from '#catalog/manifests'
import { type ExecutionChanges, recordStatement } from '#db/record-execution'
import { compile } from '#language/compile'
import { parseFlow } from '#language/parse'
import { type FreshDatabase, freshDatabase } from '../test/harness/database'
import { Engine } from '../test/harness/engine'
import { freshNamespace } from '../test/harness/namespace'
import { type ExecuteFlowInput, executionChannel } from './contract'
import { walkInline } from './inline'
import { type FlowCase, flowCases } from './workflows/flow-cases'

let database: FreshDatabase
let engine: Engine

beforeAll(async () => {
  database = await freshDatabase()
  const { address, namespace } = await freshNamespace()
  const { url: databaseUrl, tenantId } = database
  engine = await Engine.start({ databaseUrl, tenantId, temporalAddress: address, namespace })
})

afterAll(async () => {
  await engine?.stop()
  await database?.drop()
})

/** At least these ask for nothing. */
const needNoWorkflow = [
  'allow-failure-and-warning',
  'assert',
  'dag',
  'each-parallel',
  'errors-and-finally',
  'exit',
  'for-each-nested',
  'for-each-null',
  'if-and-switch',
  'labels-and-variables',
  'loop',
  'pure-tasks',
  'run-if',
  'undefined-variable',
]

function inputOf({ name, flow, inputs = {} }: FlowCase): ExecuteFlowInput {
  const { flow: parsed, source } = parseFlow(`id: ${name}\nnamespace: company.team\n${flow}\n`, catalog)
  if (parsed === null) throw new Error(`${name} is no flow`)
  const executionId = randomBytes(11).toString('hex')
  return {
    tenantId: database.tenantId,
    executionId,
    plan: compile(parsed, catalog, { source }),
    inputs,
    labels: parsed.labels,
    originalId: executionId,
    createdAtMs: Date.now(),
    attempt: 1,
  }
}

async function insert(input: ExecuteFlowInput, changes: ExecutionChanges): Promise<void> {
  const { tenantId, executionId, plan } = input
  const { namespace, id: flowId, revision: flowRevision } = plan.flow
  const created = { tenantId, id: executionId, namespace, flowId, flowRevision, state: 'CREATED' }
  await engine.db.execution.create({
    data: { ...created, labels: input.labels, plan: plan as never, inputs: input.inputs as never },
  })
  await engine.db.sql(recordStatement({ tenantId, executionId, namespace, flowId }, changes, executionChannel))
}

/** All rows of an execution, without what no two executions share. */
async function readRows(executionId: string): Promise<unknown> {
  const { tenantId } = database
  const where = { tenantId, executionId }
  const execution = await engine.db.execution.findUniqueOrThrow({
    where: { tenantId_id: { tenantId, id: executionId } },
  })
  const taskRuns = await engine.db.taskRun.findMany({ where, orderBy: { position: 'asc' } })
  const logs = await engine.db.log.findMany({ where, orderBy: { position: 'asc' } })
  const metrics = await engine.db.metric.findMany({ where })
  const positions = new Map(taskRuns.map(({ id, position }) => [id, position]))
  metrics.sort((a, b) => positions.get(a.taskRunId)! - positions.get(b.taskRunId)! || a.sequence - b.sequence)
  const names = new Map(taskRuns.map(({ id, position }) => [id, `run ${position}`]))
  return replaceDeep(
    { execution, taskRuns, logs: logs.map(({ position: _, ...log }) => log), metrics },
    (key, value) => {
      if (typeof value === 'string' && names.has(value)) return names.get(value)
      if (value === executionId) return 'the execution'
      if (key === 'version') return 'version'
      return value instanceof Date || /^(date|on)$/.test(key) ? 'date' : value
    },
  )
}

function replaceDeep(value: unknown, replace: (key: string, value: unknown) => unknown, key = ''): unknown {
  const replaced = replace(key, value)
  if (Array.isArray(replaced)) return replaced.map(item => replaceDeep(item, replace))
  if (typeof replaced !== 'object' || replaced === null) return replaced
  return Object.fromEntries(Object.entries(replaced).map(([name, item]) => [name, replaceDeep(item, replace, name)]))
}

describe('a walk without a workflow leaves the rows of one with it', () => {
  test.concurrent.each(flowCases.map(flowCase => [flowCase.name, flowCase] as const))('%s', async (name, flowCase) => {
    const input = inputOf(flowCase)
    const changes = await walkInline(input)
    // Any other may come to need one.
    if (changes === undefined) return expect(needNoWorkflow).not.toContain(name)
    await insert(input, changes)
    const { plan, inputs, labels } = input
    const beside = await engine.startPlan(plan, { inputs, labels })
    await engine.result(beside)
    expect(await readRows(input.executionId)).toEqual(await readRows(beside))
  })
})

test.each(['activity', 'impure-expression', 'pause-duration', 'retry', 'sla-max-duration', 'working-directory'])(
  '%s is left to a workflow',
  async name => {
    const flowCase = flowCases.find(known => known.name === name)
    expect(flowCase).toBeDefined()
    expect(await walkInline(inputOf(flowCase!))).toBeUndefined()
  },
)

test('a walk of more than a moment is left to a workflow, at once when it starts again', async () => {
  const long = inputOf({
    name: 'long',
    flow: `
tasks:
  - id: each
    type: io.kestra.plugin.core.flow.ForEach
    values: "{{ range(1, 2000) }}"
    tasks:
      - {id: one, type: io.kestra.plugin.core.debug.Return, format: x}`,
    state: '',
    runs: [],
  })
  expect(await walkInline(long)).toBeUndefined()
  expect(await walkInline(long)).toBeUndefined()
})
