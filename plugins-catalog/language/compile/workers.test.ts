import { describe, expect, test } from 'vitest'
import { catalog } from '#catalog/manifests'
import { compile } from '../compile'
import { parseFlow } from '../parse'

const core = 'io.kestra.plugin.core'
const load = `{id: a, type: ${core}.http.Download, uri: "http://x"`

function flow(text: string) {
  return parseFlow(`id: a\nnamespace: b.c\n${text}`, catalog)
}

/** Of its first step, and what this reads. */
function workers(text: string) {
  const { flow: parsed, diagnostics } = flow(text)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  const [step] = compile(parsed!, catalog).steps
  return { workers: step !== undefined && 'workers' in step ? step.workers : undefined, reads: step?.reads }
}

describe('the workers that a step asks for', () => {
  test.each<[name: string, text: string, expected: unknown, reads?: string[]]>([
    ['none', `tasks: [${load}}]`, undefined],
    [
      'a group waits',
      `tasks: [${load}, workerGroup: {key: gpu}}]`,
      { from: 'task', key: { raw: 'gpu' }, fallback: 'WAIT' },
    ],
    [
      'unless it says otherwise',
      `tasks: [${load}, workerGroup: {key: gpu, fallback: cancel}}]`,
      { from: 'task', key: { raw: 'gpu' }, fallback: 'CANCEL' },
    ],
    [
      'a selector fails',
      `tasks: [${load}, workerSelector: {tags: [gpu, eu]}}]`,
      { from: 'task', tags: { raw: ['gpu', 'eu'] }, match: 'ALL', fallback: 'FAIL' },
    ],
    [
      'unless it says otherwise',
      `tasks: [${load}, workerSelector: {tags: [gpu], match: ANY, fallback: IGNORE}}]`,
      { from: 'task', tags: { raw: ['gpu'] }, match: 'ANY', fallback: 'IGNORE' },
    ],
    [
      "the flow's",
      `workerGroup: {key: "{{ outputs.b.key }}"}\ntasks: [${load}}]`,
      { from: 'flow', key: { raw: '{{ outputs.b.key }}' }, fallback: 'WAIT' },
      ['b'],
    ],
    [
      "the task's own before the flow's",
      `workerGroup: {key: office}\ntasks: [${load}, workerSelector: {tags: [gpu]}}]`,
      { from: 'task', tags: { raw: ['gpu'] }, match: 'ALL', fallback: 'FAIL' },
    ],
    [
      'the newer word of two',
      `tasks: [${load}, workerGroup: {key: x}, workerSelector: {tags: [gpu]}}]`,
      { from: 'task', tags: { raw: ['gpu'] }, match: 'ALL', fallback: 'FAIL' },
    ],
    [
      'by the defaults of its type',
      `pluginDefaults: [{type: ${core}.http, values: {workerGroup: {key: gpu}}}]\ntasks: [${load}}]`,
      { from: 'task', key: { raw: 'gpu' }, fallback: 'WAIT' },
    ],
    [
      'a key that needs the world',
      `tasks: [${load}, workerGroup: {key: "{{ kv('group') }}"}}]`,
      { from: 'task', key: { raw: "{{ kv('group') }}", impure: true }, fallback: 'WAIT' },
    ],
    [
      'tasks in one folder',
      `tasks: [{id: w, type: ${core}.flow.WorkingDirectory, workerGroup: {key: gpu}, tasks: [${load}}]}]`,
      { from: 'task', key: { raw: 'gpu' }, fallback: 'WAIT' },
    ],
    [
      'what only computes stays',
      `tasks: [{id: r, type: ${core}.debug.Return, format: x, workerGroup: {key: gpu}}]`,
      undefined,
    ],
  ])('%s: %s', (_name, text, expected, reads = []) => {
    expect(workers(text)).toEqual({ workers: expected, reads })
  })
})

describe('what is said of them as a flow is saved', () => {
  test.each<[name: string, text: string, expected: string[]]>([
    ['a key', `tasks: [${load}, workerGroup: {key: GPU_1-a}}]`, []],
    ['an expression', `tasks: [${load}, workerGroup: {key: "{{ inputs.x }}"}}]`, []],
    ['a malformed key', `tasks: [${load}, workerGroup: {key: "a/b"}}]`, ['error INVALID_VALUE "a/b"']],
    ['no key', `tasks: [${load}, workerGroup: {fallback: WAIT}}]`, ['error MISSING_PROPERTY {fallback: WAIT']],
    ['an unknown fallback', `tasks: [${load}, workerGroup: {key: a, fallback: RUN}}]`, ['error INVALID_VALUE RUN']],
    ['of the flow', `workerGroup: {key: _}\ntasks: [${load}}]`, ['error INVALID_VALUE _']],
    [
      'of a trigger',
      `tasks: [${load}}]\ntriggers: [{id: t, type: ${core}.trigger.Webhook, key: x, workerGroup: {key: " "}}]`,
      ['warning NOT_SUPPORTED workerGroup: {key: " "', 'error INVALID_VALUE " "'],
    ],
    ['a malformed tag', `tasks: [${load}, workerSelector: {tags: ["b c"]}}]`, ['error INVALID_VALUE "b c"]']],
    [
      'both words',
      `tasks: [${load}, workerGroup: {key: a}, workerSelector: {tags: [a]}}]`,
      ['warning INVALID_VALUE workerGroup: {key: a'],
    ],
  ])('%s', (_name, text, expected) => {
    const lines = `id: a\nnamespace: b.c\n${text}`.split('\n')
    const at = ({ line, column }: { line: number; column: number }) =>
      /^[^,}]*/.exec(lines[line - 1]!.slice(column - 1))
    const found = flow(text).diagnostics.filter(({ code }) => !['OLDER_DIALECT', 'UNKNOWN_VARIABLE'].includes(code))
    expect(found.map(({ severity, code, range }) => `${severity} ${code} ${at(range)}`)).toEqual(expected)
  })
})
