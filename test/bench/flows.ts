/** The flows that are measured. All in one namespace; each is saved once and run many times. */
export const namespace = 'bench'

const onHost = { taskRunner: '{ type: io.kestra.plugin.core.runner.Process }' }

export const flows = {
  threeReturns: flow(
    'three-returns',
    [1, 2, 3].map(n => task(`step-${n}`, 'core.debug.Return', { format: `"${n}"` })),
  ),
  oneLog: flow('one-log', [task('log', 'core.log.Log', { message: 'Hello' })]),
  hundredReturns: flow(
    'hundred-returns',
    range(100).map(n => task(`step-${n}`, 'core.debug.Return', { format: `"${n}"` })),
  ),
  forEachHundred: flow('foreach-hundred', [
    task('each', 'core.flow.ForEach', { values: `"{{ range(1, 100) }}"`, concurrencyLimit: '0' }, [
      task('return', 'core.debug.Return', { format: '"{{ taskrun.value }}"' }),
    ]),
  ]),
  parallelEchoes: flow('parallel-echoes', [
    task(
      'parallel',
      'core.flow.Parallel',
      {},
      range(40).map(n => task(`echo-${n}`, 'scripts.shell.Commands', { commands: `["echo ${n}"]`, ...onHost })),
    ),
  ]),
  fibo10: flow('fibo-10', [fiboLoop(40, 10)]),
  fibo33: flow('fibo-33', [fiboLoop(10, 33)]),
  largePure: flow('large-pure', [
    task('each', 'core.flow.ForEach', { values: `"{{ range(1, 10000) }}"`, concurrencyLimit: '0' }, [
      task('first', 'core.debug.Return', { format: '"{{ taskrun.value }}"' }),
      task('second', 'core.debug.Return', { format: '"{{ outputs.first[taskrun.value].value }}"' }),
    ]),
  ]),
  largeActivity: flow('large-activity', [
    task('each', 'core.flow.ForEach', { values: `"{{ range(1, 10000) }}"`, concurrencyLimit: '20' }, [
      task('look', 'core.kv.Get', { key: 'none', errorOnMissing: 'false' }),
      task('second', 'core.debug.Return', { format: `"{{ outputs.look[taskrun.value].value ?? 'none' }}"` }),
    ]),
  ]),
  largeLoop: flow('large-loop', [
    task('write', 'scripts.shell.Commands', {
      commands: '["seq 1 100000 > lines.txt"]',
      outputFiles: '[lines.txt]',
      ...onHost,
    }),
    task(
      'each',
      'core.flow.Loop',
      { values: `"{{ outputs.write.outputFiles['lines.txt'] }}"`, concurrencyLimit: '50' },
      [task('line', 'core.debug.Return', { format: '"{{ item.value }}"' })],
    ),
  ]),
  largeBatch: `id: large-batch
namespace: ${namespace}
inputs:
  - id: file
    type: STRING
tasks:
  - id: name
    type: io.kestra.plugin.core.debug.Return
    format: "{{ inputs.file }}"
`,
  largeItems: `id: large-items
namespace: ${namespace}
tasks:
  - id: write
    type: io.kestra.plugin.scripts.shell.Commands
    taskRunner: ${onHost.taskRunner}
    commands: ["seq 1 100000 > lines.txt"]
    outputFiles: [lines.txt]
  - id: each
    type: io.kestra.plugin.core.flow.ForEachItem
    items: "{{ outputs.write.outputFiles['lines.txt'] }}"
    batch: { rows: 10 }
    namespace: ${namespace}
    flowId: large-batch
    inputs: { file: "{{ taskrun.items }}" }
`,
  download: `id: download
namespace: ${namespace}
inputs:
  - id: uri
    type: URI
tasks:
  - id: download
    type: io.kestra.plugin.core.http.Download
    uri: "{{ inputs.uri }}"
`,
}

/** The script of the fibo flows, for the plain loop beside them. */
export function fiboScript(n: number): string {
  return `def fibo(n):\n    return n if n <= 1 else fibo(n - 1) + fibo(n - 2)\nprint(fibo(${n}))\n`
}

function fiboLoop(times: number, n: number): string {
  const script = `|\n${indent(fiboScript(n), 4)}`
  return task('each', 'core.flow.ForEach', { values: `"{{ range(1, ${times}) }}"` }, [
    task('fibo', 'scripts.python.Script', { script, ...onHost }),
  ])
}

function flow(id: string, tasks: string[]): string {
  return `id: ${id}\nnamespace: ${namespace}\ntasks:\n${indent(tasks.join('\n'), 2)}\n`
}

function task(id: string, type: string, properties: Record<string, string>, children?: string[]): string {
  const lines = Object.entries(properties).map(([name, value]) => `  ${name}: ${value}`)
  if (children) lines.push('  tasks:', indent(children.join('\n'), 4))
  return [`- id: ${id}`, `  type: io.kestra.plugin.${type}`, ...lines].join('\n')
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1)
}

function indent(text: string, spaces: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(spaces))
}
