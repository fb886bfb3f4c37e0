/** Random flows, failures, kills, pauses, restarts and deaths of workers, under a clock that skips. */
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { catalog } from '#catalog/manifests'
import { compile } from '#language/compile'
import { formatDiagnostic } from '#language/diagnostics'
import { parseFlow } from '#language/parse'
import type { Plan } from '#language/plan'
import { killSignal, pauseSignal, resumeUpdate } from '#worker/contract'
import { arbitraryFlow } from './arbitrary-flow'
import { activityNames, FakeWorld } from './fake-world'
import { brokenByRestart, brokenLaws } from './laws'
import { createSandbox, type Sandbox } from './sandbox'
import { type Outside, VirtualTemporal } from './virtual-temporal'
import { writtenTasks } from './written-tasks'

const seed = Number(process.env.PROPERTY_SEED ?? 20_261_125)
const numRuns = Number(process.env.PROPERTY_RUNS ?? 300)

let sandbox: Sandbox
let count = 0

beforeAll(async () => {
  sandbox = await createSandbox(activityNames)
}, 60_000)

const startMs = Date.UTC(2026, 0, 1)

const moment = fc.nat(1500).map(ms => startMs + ms)
const outside: fc.Arbitrary<Outside[]> = fc
  .record({
    kill: fc.option(moment, { freq: 3 }),
    pause: fc.option(moment, { freq: 3 }),
    evictions: fc.array(moment, { maxLength: 4 }),
  })
  .map(({ kill, pause, evictions }) => [
    ...(kill === null ? [] : [{ atMs: kill, kind: 'signal' as const, name: killSignal }]),
    ...(pause === null ? [] : [{ atMs: pause, kind: 'signal' as const, name: pauseSignal }]),
    ...evictions.map(atMs => ({ atMs, kind: 'eviction' as const })),
  ])

const resume = { kind: 'update' as const, name: resumeUpdate, args: {} }

function planOf(flow: string): Plan {
  const { flow: parsed, diagnostics } = parseFlow(flow, catalog)
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (parsed === null || errors.length > 0) throw new Error(errors.map(formatDiagnostic).join('\n'))
  return compile(parsed, catalog)
}

type Trial = { flow: string; outside: Outside[]; continueAfter: number | undefined }

async function walk({ flow, outside: events, continueAfter }: Trial, world: FakeWorld, from?: { startMs: number }) {
  const plan = planOf(flow)
  const begin = from?.startMs ?? startMs
  const temporal = new VirtualTemporal({ sandbox, world, runId: `run-${count++}`, startMs: begin, whenIdle: resume })
  const input = {
    tenantId: 'acme',
    executionId: 'one',
    plan,
    inputs: {},
    labels: [],
    originalId: 'one',
    createdAtMs: startMs,
    attempt: 1,
    ...(from === undefined ? {} : { resumeFrom: { executionId: 'one', mode: 'restart' as const } }),
    ...(continueAfter === undefined ? {} : { continueLimits: { events: 1e6, bytes: 1e9, runs: continueAfter } }),
  }
  return temporal.run(input, events, 5000)
}

/** Found once: a step that waited for the fresh history began in the old one, too. */
const pausedAtTheBoundary: Trial = {
  flow: JSON.stringify({
    id: 'random',
    namespace: 'property',
    tasks: [
      {
        id: 'loop',
        type: 'io.kestra.plugin.core.flow.Loop',
        values: ['a'],
        tasks: [
          { id: 'ask', type: 'io.kestra.plugin.core.flow.Pause' },
          { id: 'sleep', type: 'io.kestra.plugin.core.flow.Sleep', duration: 'PT0S' },
        ],
      },
    ],
  }),
  outside: [],
  continueAfter: 1,
}

test('every execution ends and keeps the laws', { timeout: 600_000 }, async () => {
  const trial = fc.record({
    flow: arbitraryFlow,
    outside,
    continueAfter: fc.option(fc.integer({ min: 1, max: 6 }), { freq: 2, nil: undefined }),
  })
  await fc.assert(
    fc.asyncProperty(trial, async given => {
      const world = new FakeWorld()
      const ended = await walk(given, world)
      const { execution } = world
      expect((ended.result as { state: string }).state).toBe(execution!.state)
      expect([...world.begun].filter(([, times]) => times > 1)).toEqual([])
      expect(brokenLaws({ execution: execution!, rows: world.rows, tasks: writtenTasks(given.flow) })).toEqual([])
    }),
    { seed, numRuns, examples: [[pausedAtTheBoundary]] },
  )
})

test('a restart runs only what failed and what holds it', { timeout: 600_000 }, async () => {
  const trial = fc.record({
    flow: arbitraryFlow,
    outside: fc.constant<Outside[]>([]),
    evictions: fc.array(moment, { maxLength: 2 }),
  })
  await fc.assert(
    fc.asyncProperty(trial, async ({ evictions, ...given }) => {
      const world = new FakeWorld()
      const first = await walk({ ...given, continueAfter: undefined }, world)
      if (world.execution!.state === 'KILLED') return
      const before = world.rows
      const again = evictions.map(atMs => ({ atMs: atMs - startMs + first.nowMs, kind: 'eviction' as const }))
      await walk({ ...given, outside: again, continueAfter: undefined }, world, { startMs: first.nowMs + 1000 })
      const records = { execution: world.execution!, rows: world.rows, tasks: writtenTasks(given.flow) }
      expect([...brokenLaws(records), ...brokenByRestart(before, records)]).toEqual([])
      expect([...world.begun].filter(([, times]) => times > 1)).toEqual([])
    }),
    { seed, numRuns: Math.ceil(numRuns / 2) },
  )
})
