/**
 * One small flow per construct with what its execution must come to: run on the real engine by
 * `execute-flow.services.test.ts`, which also records the histories that `replay.test.ts` replays.
 */
export type FlowCase = {
  name: string
  /** Tasks and other properties of the flow; id and namespace are added. */
  flow: string
  inputs?: { [id: string]: string | number | boolean | null }
  state: string
  /** `task < parent [value] STATE`, in order of creation. */
  runs: string[]
  /** By `task` or `task[value]`. */
  outputs?: { [task: string]: unknown }
  /** Of the flow. */
  flowOutputs?: { [id: string]: unknown }
  labels?: { [key: string]: string }
  /** `LEVEL message`, in any order. */
  logs?: string[]
  /** States of the execution, where they matter. */
  history?: string
}

const core = 'io.kestra.plugin.core'
const returns = (id: string, format: string) => `{id: ${id}, type: ${core}.debug.Return, format: "${format}"}`
const fails = (id: string) => `{id: ${id}, type: ${core}.execution.Fail}`

export const flowCases: FlowCase[] = [
  {
    name: 'pure-tasks',
    flow: `
variables: {who: you}
tasks:
  - ${returns('a', 'hi {{ vars.who }}')}
  - ${returns('b', '{{ outputs.a.value }} in {{ flow.id }}')}
outputs:
  - {id: text, type: STRING, value: "{{ outputs.b.value }}"}
  - {id: number, type: INT, value: "{{ 40 + 2 }}"}`,
    state: 'SUCCESS',
    runs: ['a < - SUCCESS', 'b < - SUCCESS'],
    outputs: { a: { value: 'hi you' }, b: { value: 'hi you in pure-tasks' } },
    flowOutputs: { text: 'hi you in pure-tasks', number: 42 },
  },
  {
    name: 'errors-and-finally',
    flow: `
tasks:
  - ${fails('boom')}
  - ${returns('never', 'x')}
errors:
  - ${returns('handler', '{{ tasks.boom.state }}')}
finally:
  - ${returns('last', '{{ execution.state }}')}
afterExecution:
  - ${returns('after', '{{ execution.state }}')}`,
    state: 'FAILED',
    runs: ['boom < - FAILED', 'handler < - SUCCESS', 'last < - SUCCESS', 'after < - SUCCESS'],
    outputs: { handler: { value: 'FAILED' }, last: { value: 'RUNNING' }, after: { value: 'FAILED' } },
    logs: ['ERROR Task failure'],
  },
  {
    name: 'branches-run-to-their-end',
    flow: `
tasks:
  - id: group
    type: ${core}.flow.Sequential
    tasks:
      - id: round
        type: ${core}.flow.LoopUntil
        condition: "{{ outputs.round.iterationCount >= 2 }}"
        checkFrequency: {interval: PT0.05S}
        tasks:
          - ${returns('number', '{{ taskrun.iteration }}')}
    finally:
      - ${fails('stumble')}
      - ${returns('tidied', 'yes')}
  - ${fails('boom')}
errors:
  - ${fails('worse')}
  - ${returns('told', 'yes')}`,
    state: 'FAILED',
    runs: [
      'group < - SUCCESS',
      'round < group SUCCESS',
      'number < round SUCCESS',
      'stumble < group FAILED',
      'tidied < group SUCCESS',
      'boom < - FAILED',
      'worse < - FAILED',
      'told < - SUCCESS',
    ],
  },
  {
    name: 'loop',
    flow: `
tasks:
  - id: loop
    type: ${core}.flow.Loop
    values: {k: x, l: x}
    outputs:
      - {id: made, type: STRING, value: "{{ outputs.one.value }}!"}
      - {id: number, type: INT, value: "{{ item.index + 1 }}"}
    tasks:
      - ${returns('one', '{{ item.key }}{{ item.value }}')}
  - ${returns('after', "{{ loopOutputs(outputs.loop.outputs, 'made') | join(' ') }}")}`,
    state: 'SUCCESS',
    runs: ['loop < - SUCCESS', 'one < loop [x] SUCCESS', 'one < loop [x] SUCCESS', 'after < - SUCCESS'],
    outputs: { after: { value: 'kx! lx!' } },
  },
  {
    name: 'unknown-worker-group',
    flow: `
tasks:
  - id: sent
    type: ${core}.storage.Write
    content: x
    workerGroup: {key: "{{ flow.id }}"}
    allowFailure: true
  - ${returns('after', '{{ tasks.sent.state }}')}`,
    state: 'WARNING',
    runs: ['sent < - WARNING', 'after < - SUCCESS'],
    outputs: { after: { value: 'WARNING' } },
    logs: [
      "ERROR There is no worker group 'unknown-worker-group' for this tenant, as the workerGroup of the task 'sent' (line 5) asks. Name one that the tenant may use, or ask the operator to list it under workerGroups in the file MILLRACE_RUNNER_POLICY",
    ],
  },
  {
    name: 'run-if',
    flow: `
tasks:
  - {id: skipped, type: ${core}.debug.Return, format: x, runIf: "{{ 1 > 2 }}"}
  - ${returns('after', "{{ outputs.skipped.value ?? 'nothing' }}")}`,
    state: 'SUCCESS',
    runs: ['skipped < - SKIPPED', 'after < - SUCCESS'],
    outputs: { after: { value: 'nothing' } },
  },
  {
    name: 'allow-failure-and-warning',
    flow: `
tasks:
  - {id: allowed, type: ${core}.execution.Fail, allowFailure: true}
  - {id: hushed, type: ${core}.execution.Fail, allowFailure: true, allowWarning: true}
  - id: group
    type: ${core}.flow.AllowFailure
    tasks:
      - ${fails('inner')}`,
    state: 'WARNING',
    runs: ['allowed < - WARNING', 'hushed < - SUCCESS', 'group < - WARNING', 'inner < group FAILED'],
  },
  {
    name: 'parallel-fails-fast',
    flow: `
tasks:
  - id: both
    type: ${core}.flow.Parallel
    concurrent: 2
    tasks:
      - {id: slow, type: ${core}.flow.Sleep, duration: PT0.3S}
      - ${fails('boom')}
      - ${returns('never', 'x')}
    errors:
      - ${returns('handler', 'x')}
  - ${returns('nor_this', 'x')}`,
    state: 'FAILED',
    runs: ['both < - FAILED', 'slow < both SUCCESS', 'boom < both FAILED', 'handler < both SUCCESS'],
  },
  {
    name: 'dag',
    flow: `
tasks:
  - id: dag
    type: ${core}.flow.Dag
    tasks:
      - task: ${returns('last', '{{ outputs.left.value }}{{ outputs.right.value }}')}
        dependsOn: [left, right]
      - task: ${returns('left', 'l')}
      - task: ${returns('right', 'r')}
        dependsOn: [left]`,
    state: 'SUCCESS',
    runs: ['dag < - SUCCESS', 'left < dag SUCCESS', 'right < dag SUCCESS', 'last < dag SUCCESS'],
    outputs: { last: { value: 'lr' } },
  },
  {
    name: 'if-and-switch',
    flow: `
inputs:
  - {id: kind, type: STRING}
tasks:
  - id: check
    type: ${core}.flow.If
    condition: "{{ inputs.kind == 'a' }}"
    then:
      - ${returns('yes', 'x')}
    else:
      - ${returns('no', 'x')}
  - id: choose
    type: ${core}.flow.Switch
    value: "{{ inputs.kind }}"
    cases:
      a:
        - ${returns('case_a', 'x')}
    defaults:
      - ${returns('other', 'x')}`,
    inputs: { kind: 'b' },
    state: 'SUCCESS',
    runs: ['check < - SUCCESS', 'no < check SUCCESS', 'choose < - SUCCESS', 'other < choose SUCCESS'],
    outputs: { check: { evaluationResult: false }, choose: { value: 'b', defaults: true } },
  },
  {
    name: 'for-each-nested',
    flow: `
tasks:
  - id: outer
    type: ${core}.flow.ForEach
    values: [x, y, x]
    tasks:
      - id: inner
        type: ${core}.flow.ForEach
        values: "[1]"
        tasks:
          - ${returns('leaf', '{{ parent.taskrun.value }}{{ taskrun.value }}{{ taskrun.iteration }}')}
  - ${returns('read', '{{ outputs.leaf.y[1].value }}')}`,
    state: 'SUCCESS',
    runs: [
      'outer < - SUCCESS',
      'inner < outer [x] SUCCESS',
      'leaf < inner [1] SUCCESS',
      'inner < outer [y] SUCCESS',
      'leaf < inner [1] SUCCESS',
      'read < - SUCCESS',
    ],
    outputs: { read: { value: 'y10' } },
  },
  {
    name: 'each-parallel',
    flow: `
tasks:
  - id: each
    type: ${core}.flow.EachParallel
    value: [a, b]
    tasks:
      - ${returns('one', '{{ taskrun.value }}')}
      - ${returns('two', '{{ taskrun.value }}')}`,
    state: 'SUCCESS',
    runs: [
      'each < - SUCCESS',
      'one < each [a] SUCCESS',
      'two < each [a] SUCCESS',
      'one < each [b] SUCCESS',
      'two < each [b] SUCCESS',
    ],
  },
  {
    name: 'for-each-null',
    flow: `
tasks:
  - id: each
    type: ${core}.flow.ForEach
    values: '["a", null]'
    tasks:
      - ${returns('leaf', 'x')}`,
    state: 'FAILED',
    runs: ['each < - FAILED'],
    logs: ['ERROR values holds a null'],
  },
  {
    name: 'loop-until',
    flow: `
tasks:
  - id: loop
    type: ${core}.flow.LoopUntil
    condition: "{{ outputs.round.value == '3' }}"
    checkFrequency: {interval: PT0.05S}
    tasks:
      - ${returns('round', '{{ outputs.loop.iterationCount }}')}`,
    state: 'SUCCESS',
    history: 'CREATED RUNNING PAUSED RUNNING PAUSED RUNNING SUCCESS',
    runs: ['loop < - SUCCESS', 'round < loop SUCCESS'],
    outputs: { loop: { iterationCount: 3 }, round: { value: '3' } },
  },
  {
    name: 'retry',
    flow: `
tasks:
  - id: boom
    type: ${core}.execution.Fail
    condition: "{{ taskrun.attemptsCount < 2 }}"
    retry: {type: constant, interval: PT0.05S, maxAttempts: 5, warningOnRetry: true}`,
    state: 'WARNING',
    history: 'CREATED RUNNING FAILED RETRYING RUNNING FAILED RETRYING RUNNING WARNING',
    runs: ['boom < - WARNING'],
    logs: ['ERROR Task failure', 'ERROR Task failure'],
  },
  {
    name: 'retry-of-holder',
    flow: `
tasks:
  - id: holder
    type: ${core}.flow.Sequential
    retry: {type: exponential, interval: PT0.02S, maxInterval: PT1S, maxAttempts: 3}
    tasks:
      - ${fails('boom')}`,
    state: 'FAILED',
    history: 'CREATED RUNNING RETRYING RUNNING RETRYING RUNNING FAILED',
    runs: ['holder < - FAILED', 'boom < holder FAILED'],
    logs: ['ERROR Task failure', 'ERROR Task failure', 'ERROR Task failure'],
  },
  {
    name: 'labels-and-variables',
    flow: `
labels: {team: a}
variables: {x: 1}
tasks:
  - {id: label, type: ${core}.execution.Labels, labels: {team: b, stage: "{{ vars.x }}"}}
  - {id: set, type: ${core}.execution.SetVariables, variables: {y: 2}}
  - {id: unset, type: ${core}.execution.UnsetVariables, variables: [x]}
  - ${returns('read', '{{ vars.y }} {{ labels.team }}')}`,
    state: 'SUCCESS',
    runs: ['label < - SUCCESS', 'set < - SUCCESS', 'unset < - SUCCESS', 'read < - SUCCESS'],
    outputs: { read: { value: '2 b' } },
    labels: { team: 'b', stage: '1' },
  },
  {
    name: 'exit',
    flow: `
tasks:
  - id: group
    type: ${core}.flow.Sequential
    tasks:
      - {id: leave, type: ${core}.execution.Exit, state: WARNING}
      - ${returns('never', 'x')}
finally:
  - ${returns('nor_this', 'x')}`,
    state: 'WARNING',
    runs: ['group < - WARNING', 'leave < group WARNING'],
  },
  {
    name: 'assert',
    flow: `
tasks:
  - id: check
    type: ${core}.execution.Assert
    conditions: ["{{ 1 == 1 }}", "{{ 1 == 2 }}"]`,
    state: 'FAILED',
    runs: ['check < - FAILED'],
    logs: ['ERROR Assertion `{{ 1 == 2 }}` failed!', 'ERROR 1 assertion failed!'],
  },
  {
    name: 'pause-duration',
    flow: `
tasks:
  - {id: wait, type: ${core}.flow.Pause, pauseDuration: PT0.05S, behavior: WARN}
  - ${returns('after', '{{ outputs.wait.resumed.to }}')}`,
    state: 'WARNING',
    history: 'CREATED RUNNING PAUSED RESTARTED RUNNING WARNING',
    runs: ['wait < - WARNING', 'after < - SUCCESS'],
    outputs: { after: { value: 'WARNING' } },
  },
  {
    name: 'activity',
    flow: `
tasks:
  - id: shell
    type: io.kestra.plugin.scripts.shell.Commands
    taskRunner: {type: ${core}.runner.Process}
    commands: ["echo hello", "echo '::{\\"outputs\\":{\\"n\\":7}}::'"]
  - ${returns('read', '{{ outputs.shell.vars.n + 1 }}')}`,
    state: 'SUCCESS',
    runs: ['shell < - SUCCESS', 'read < - SUCCESS'],
    outputs: { read: { value: '8' } },
    logs: ['DEBUG Runs as a process of this machine.', 'INFO hello'],
  },
  {
    name: 'activity-timeout',
    flow: `
tasks:
  - id: shell
    type: io.kestra.plugin.scripts.shell.Commands
    taskRunner: {type: ${core}.runner.Process}
    commands: ["sleep 60"]
    timeout: PT0.3S`,
    state: 'FAILED',
    runs: ['shell < - FAILED'],
    logs: ['DEBUG Runs as a process of this machine.', 'ERROR The task took longer than its timeout of PT0.3S'],
  },
  {
    name: 'impure-expression',
    flow: `
tasks:
  - ${returns('query', "{{ [{'a': 1}, {'a': 2}] | jq('.[].a') }}")}`,
    state: 'SUCCESS',
    runs: ['query < - SUCCESS'],
    outputs: { query: { value: '[1,2]' } },
  },
  {
    name: 'working-directory',
    flow: `
tasks:
  - id: dir
    type: ${core}.flow.WorkingDirectory
    inputFiles: {in.txt: "some text"}
    outputFiles: ["*.txt"]
    tasks:
      - ${returns('first', 'one')}
      - id: second
        type: io.kestra.plugin.scripts.shell.Commands
        taskRunner: {type: ${core}.runner.Process}
        commands: ["cp in.txt out.dat", "echo {{ outputs.first.value }} > more.dat"]
      - id: third
        type: io.kestra.plugin.scripts.shell.Commands
        taskRunner: {type: ${core}.runner.Process}
        commands: ["cat out.dat more.dat"]`,
    state: 'SUCCESS',
    runs: ['dir < - SUCCESS', 'first < dir SUCCESS', 'second < dir SUCCESS', 'third < dir SUCCESS'],
    outputs: { first: { value: 'one' } },
    logs: ['DEBUG Runs as a process of this machine.', 'DEBUG Runs as a process of this machine.', 'INFO some textone'],
  },
  {
    name: 'sla-max-duration',
    flow: `
sla:
  - {id: quick, type: MAX_DURATION, duration: PT10S, behavior: FAIL, labels: {sla: missed}}
tasks:
  - id: group
    type: ${core}.flow.Sequential
    tasks:
      - {id: slow, type: ${core}.flow.Sleep, duration: PT5M}
errors:
  - ${returns('nor_this', 'x')}
afterExecution:
  - ${returns('after', '{{ execution.state }}')}`,
    state: 'FAILED',
    history: 'CREATED RUNNING FAILED',
    runs: ['group < - KILLED', 'slow < group KILLED', 'after < - SUCCESS'],
    outputs: { after: { value: 'FAILED' } },
    labels: { sla: 'missed' },
  },
  {
    name: 'sla-paused',
    flow: `
sla:
  - {id: quick, type: MAX_DURATION, duration: PT10S, behavior: CANCEL}
tasks:
  - {id: ask, type: ${core}.flow.Pause}`,
    state: 'CANCELLED',
    history: 'CREATED RUNNING PAUSED CANCELLED',
    runs: ['ask < - CANCELLED'],
  },
  {
    name: 'sla-assertion',
    flow: `
sla:
  - {id: unclear, type: EXECUTION_ASSERTION, assert: "{{ nothing.at.all }}", behavior: FAIL}
  - {id: small, type: EXECUTION_ASSERTION, assert: "{{ (outputs.two.value ?? '0') != '2' }}", behavior: NONE, labels: {sla: large}}
tasks:
  - ${returns('one', '1')}
  - ${returns('two', '2')}
  - ${returns('three', '{{ labels.sla }}')}`,
    state: 'SUCCESS',
    runs: ['one < - SUCCESS', 'two < - SUCCESS', 'three < - SUCCESS'],
    outputs: { three: { value: 'large' } },
    labels: { sla: 'large' },
    logs: [
      "ERROR Ignoring SLA 'unclear' because of the error: Unable to find `nothing` used in the expression `{{ nothing.at.all }}` at line 1",
      "WARN SLA 'small' violated: assertion is false: {{ (outputs.two.value ?? '0') != '2' }}.",
    ],
  },
  {
    name: 'sla-assertion-fails',
    flow: `
sla:
  - {id: no_two, type: EXECUTION_ASSERTION, assert: "{{ tasks.two.state is not defined }}", behavior: FAIL}
tasks:
  - ${returns('one', '1')}
  - ${returns('two', '2')}
  - ${returns('never', '3')}`,
    state: 'FAILED',
    runs: ['one < - SUCCESS', 'two < - SUCCESS'],
    logs: [
      "WARN SLA 'no_two' violated: assertion is false: {{ tasks.two.state is not defined }}.",
      "ERROR Execution failed due to SLA 'no_two' violated: assertion is false: {{ tasks.two.state is not defined }}.",
    ],
  },
  {
    name: 'task-cache',
    flow: `
tasks:
  - id: loop
    type: ${core}.flow.LoopUntil
    condition: "{{ outputs.loop.iterationCount == 2 }}"
    checkFrequency: {interval: PT0.05S}
    tasks:
      - {id: told, type: ${core}.log.Log, message: once, taskCache: {enabled: true, ttl: PT1H}}
      - {id: read, type: ${core}.debug.Return, format: "{{ flow.id }}", taskCache: {enabled: true}}
  - ${returns('after', '{{ outputs.read.value }}')}`,
    state: 'SUCCESS',
    runs: ['loop < - SUCCESS', 'told < loop SUCCESS', 'read < loop SUCCESS', 'after < - SUCCESS'],
    outputs: { after: { value: 'task-cache' } },
    logs: [
      'INFO once',
      "DEBUG Outputs of the task 'told' are cached",
      "DEBUG Outputs of the task 'read' are cached",
      "INFO Skipping task execution for task 'told' as there is an existing cache entry for it",
      "INFO Skipping task execution for task 'read' as there is an existing cache entry for it",
    ],
  },
  {
    name: 'working-directory-tasks',
    flow: `
tasks:
  - id: dir
    type: ${core}.flow.WorkingDirectory
    cache: {patterns: ["kept/**"]}
    tasks:
      - {id: skipped, type: ${core}.debug.Return, format: x, runIf: "{{ 1 > 2 }}"}
      - id: shell
        type: io.kestra.plugin.scripts.shell.Commands
        taskRunner: {type: ${core}.runner.Process}
        commands: ["mkdir -p kept; echo x >> kept/tries; test $(wc -l < kept/tries) -eq 2"]
        retry: {type: constant, interval: PT0.05S, maxAttempts: 2, warningOnRetry: true}
      - {id: allowed, type: ${core}.execution.Fail, allowFailure: true, allowWarning: true}`,
    state: 'WARNING',
    runs: ['dir < - WARNING', 'skipped < dir SKIPPED', 'shell < dir WARNING', 'allowed < dir SUCCESS'],
  },
  {
    name: 'listeners',
    flow: `
labels: {team: data}
tasks:
  - ${returns('one', 'x')}
listeners:
  - tasks:
      - ${returns('always', '{{ execution.state }}')}
  - conditions:
      - {type: ${core}.condition.ExecutionStatus, in: [SUCCESS], notIn: [FAILED]}
      - {type: ${core}.condition.ExecutionLabels, labels: {team: data}}
      - {type: ${core}.condition.ExecutionNamespace, namespace: company, comparison: PREFIX}
      - type: ${core}.condition.Not
        conditions:
          - {type: ${core}.condition.HasRetryAttempt, in: [FAILED]}
      - type: ${core}.condition.Or
        conditions:
          - {type: ${core}.condition.ExecutionFlow, namespace: other, flowId: other}
          - {type: ${core}.condition.Expression, expression: "{{ execution.state == 'SUCCESS' }}"}
    tasks:
      - ${returns('listens', 'x')}
      - ${returns('listens_on', 'x')}
  - conditions:
      - {type: ${core}.condition.ExecutionStatus, in: [FAILED]}
    tasks:
      - ${returns('never', 'x')}
  - conditions:
      - {type: ${core}.condition.Expression, expression: "{{ nothing }}"}
    tasks:
      - ${returns('nor_this', 'x')}
afterExecution:
  - ${returns('after', 'x')}`,
    state: 'SUCCESS',
    runs: [
      'one < - SUCCESS',
      'always < - SUCCESS',
      'listens < - SUCCESS',
      'listens_on < - SUCCESS',
      'after < - SUCCESS',
    ],
    outputs: { always: { value: 'SUCCESS' } },
    logs: [
      "WARN A listener does not run, since its conditions can't be told: Unable to find `nothing` used in the expression `{{ nothing }}` at line 1",
    ],
  },
  {
    name: 'undefined-variable',
    flow: `
tasks:
  - ${returns('read', '{{ taskrun.value }}')}`,
    state: 'FAILED',
    runs: ['read < - FAILED'],
    logs: ['ERROR Unable to find `value` used in the expression `{{ taskrun.value }}` at line 1'],
  },
]
