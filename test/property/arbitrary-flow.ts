import fc from 'fast-check'

/** A task as it is written in YAML, without its id. */
type Body = { [property: string]: unknown }
type Node = { body: Body; holds: { [branch: string]: Node[] } }

const core = 'io.kestra.plugin.core'

/** Failing attempts before the first that succeeds; 9 never does. */
const fails = fc.constantFrom(0, 0, 0, 1, 2, 9)
const milliseconds = fc.constantFrom(0, 5, 20, 100, 1000)
const duration = (ms: number) => `PT${ms / 1000}S`
const often = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 4, nil: undefined })

const retry = fc.oneof(
  fc.record({
    type: fc.constant('constant'),
    interval: milliseconds.map(duration),
    maxAttempts: fc.integer({ min: 1, max: 4 }),
    warningOnRetry: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('exponential'),
    interval: milliseconds.map(duration),
    maxInterval: fc.constant('PT2S'),
    maxAttempts: fc.integer({ min: 1, max: 3 }),
  }),
  fc.constant({ type: 'constant', interval: 'PT0.1S', maxDuration: 'PT0.5S' }),
)

const common = fc.record({
  runIf: often(fc.constantFrom('true', 'false', '{{ 1 == 1 }}', '{{ nobody }}')),
  allowFailure: often(fc.constant(true)),
  allowWarning: often(fc.constant(true)),
  retry: often(retry),
  disabled: fc.option(fc.constant(true), { freq: 12, nil: undefined }),
})

const leafBody: fc.Arbitrary<Body> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ type: `${core}.debug.Return`, format: '{{ task.id }}' }) },
  {
    weight: 3,
    arbitrary: fails.map(count => ({
      type: `${core}.execution.Fail`,
      condition: `{{ taskrun.attemptsCount < ${count} }}`,
    })),
  },
  { weight: 2, arbitrary: milliseconds.map(ms => ({ type: `${core}.flow.Sleep`, duration: duration(ms) })) },
  {
    weight: 3,
    arbitrary: fc
      .record({ count: fails, ms: milliseconds, timeout: often(milliseconds.filter(ms => ms > 0)) })
      .map(shell),
  },
)

/** Runs in a virtual world by its `env`, and as a real process by its command. */
function shell({ count, ms, timeout }: { count: number; ms: number; timeout: number | undefined }): Body {
  return {
    type: 'io.kestra.plugin.scripts.shell.Commands',
    taskRunner: { type: `${core}.runner.Process` },
    env: { FAILS: String(count), MS: String(ms) },
    commands: [`sleep ${ms / 1000}; test {{ taskrun.attemptsCount }} -ge ${count}`],
    ...(timeout === undefined ? {} : { timeout: duration(timeout) }),
  }
}

const pauseBody: fc.Arbitrary<Body> = fc.record({
  type: fc.constant(`${core}.flow.Pause`),
  pauseDuration: often(milliseconds.map(duration)),
  behavior: fc.constantFrom('RESUME', 'RESUME', 'WARN', 'FAIL', 'CANCEL'),
})

const exitBody: fc.Arbitrary<Body> = fc.record({
  type: fc.constant(`${core}.execution.Exit`),
  state: fc.constantFrom('SUCCESS', 'WARNING', 'FAILED', 'CANCELLED', 'KILLED'),
})

const leaf: fc.Arbitrary<Node> = fc
  .tuple(
    fc.oneof(
      { weight: 16, arbitrary: leafBody },
      { weight: 2, arbitrary: pauseBody },
      { weight: 1, arbitrary: exitBody },
    ),
    common,
  )
  .map(([body, more]) => ({ body: { ...body, ...more }, holds: {} }))

const values = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 4 })

const holderBody: fc.Arbitrary<Body> = fc.oneof(
  fc.constant({ type: `${core}.flow.Sequential` }),
  fc.constant({ type: `${core}.flow.AllowFailure` }),
  fc.nat(3).map(concurrent => ({ type: `${core}.flow.Parallel`, concurrent })),
  fc.nat(2).map(concurrent => ({ type: `${core}.flow.Dag`, concurrent })),
  fc.boolean().map(condition => ({ type: `${core}.flow.If`, condition: String(condition) })),
  fc.constantFrom('a', 'z').map(value => ({ type: `${core}.flow.Switch`, value })),
  fc.record({ values, concurrencyLimit: fc.nat(3) }).map(more => ({ type: `${core}.flow.ForEach`, ...more })),
  fc.record({ values, concurrencyLimit: fc.nat(3) }).map(more => ({ type: `${core}.flow.Loop`, ...more })),
  values.map(value => ({ type: `${core}.flow.EachParallel`, value })),
  fc.record({ rounds: fc.integer({ min: 1, max: 3 }), interval: milliseconds }).map(({ rounds, interval }) => ({
    type: `${core}.flow.LoopUntil`,
    rounds,
    checkFrequency: { interval: duration(interval), maxIterations: 5 },
  })),
)

const tree = fc.letrec<{ node: Node; holder: Node }>(tie => ({
  node: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, tie('holder')),
  holder: fc
    .record({
      body: holderBody,
      common,
      tasks: fc.array(tie('node'), { minLength: 1, maxLength: 4 }),
      other: fc.array(leaf, { maxLength: 2 }),
      errors: often(fc.array(leaf, { minLength: 1, maxLength: 2 })),
      finally: often(fc.array(leaf, { minLength: 1, maxLength: 2 })),
    })
    .map(({ body, common: more, tasks, other, errors, finally: last }) => ({
      body: { ...body, ...more },
      holds: { tasks, other, ...(errors && { errors }), ...(last && { finally: last }) },
    })),
}))

/** A flow as it would be written, as JSON, which is YAML. */
export const arbitraryFlow: fc.Arbitrary<string> = fc
  .record({
    tasks: fc.array(tree.node, { minLength: 1, maxLength: 4 }),
    errors: often(fc.array(leaf, { minLength: 1, maxLength: 2 })),
    finally: often(fc.array(tree.node, { minLength: 1, maxLength: 2 })),
    afterExecution: often(fc.array(leaf, { minLength: 1, maxLength: 2 })),
    retry: often(retry),
  })
  .map(({ retry: policy, ...branches }) => {
    const count = { tasks: 0 }
    const written = Object.entries(branches).flatMap(([branch, nodes]) =>
      nodes === undefined ? [] : [[branch, nodes.map(node => write(node, count))]],
    )
    const flow = {
      id: 'random',
      namespace: 'property',
      ...(policy && { retry: policy }),
      ...Object.fromEntries(written),
    }
    return JSON.stringify(flow, null, 1)
  })

function write({ body, holds }: Node, count: { tasks: number }): Body {
  const id = `t${count.tasks++}`
  const list = (branch: string) => (holds[branch] ?? []).map(node => write(node, count))
  const { rounds, ...properties } = body
  const branches = {
    ...(holds.errors && { errors: list('errors') }),
    ...(holds.finally && { finally: list('finally') }),
  }
  return {
    id,
    ...properties,
    ...writeTasks(String(body.type).split('.').at(-1)!, {
      id,
      list,
      rounds,
      holdsOther: (holds.other ?? []).length > 0,
    }),
    ...branches,
  }
}

type Held = { id: string; list(branch: string): Body[]; rounds: unknown; holdsOther: boolean }

function writeTasks(kind: string, { id, list, rounds, holdsOther }: Held): Body {
  switch (kind) {
    case 'If':
      // biome-ignore lint/suspicious/noThenProperty: that is what the language calls it
      return { then: list('tasks'), ...(holdsOther && { else: list('other') }) }
    case 'Switch':
      return { cases: { a: list('tasks') }, ...(holdsOther && { defaults: list('other') }) }
    case 'Dag':
      return { tasks: chain(list('tasks')) }
    case 'LoopUntil':
      return { condition: `{{ outputs.${id}.iterationCount >= ${String(rounds)} }}`, tasks: list('tasks') }
    default: {
      const tasks = list('tasks')
      return tasks.length === 0 ? {} : { tasks }
    }
  }
}

/** Every other task of a Dag waits for the one before it. */
function chain(tasks: Body[]): Body[] {
  return tasks.map((task, index) => ({ task, ...(index % 2 === 1 ? { dependsOn: [tasks[index - 1]!.id] } : {}) }))
}
