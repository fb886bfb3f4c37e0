import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { JsonObject } from '#language/json'

const AnyObject = z.custom<JsonObject>(value => typeof value === 'object' && value !== null && !Array.isArray(value))

/** `PAUSED`: once the execution has come to that state; `sleep RUNNING`: once a run of that task has. */
const Moment = z.string().regex(/^(\S+ )?[A-Z]+$/)

const Action = z.strictObject({
  when: Moment,
  /** What follows a replay, or an `again` of the execution made by a retry, is about the new execution. */
  do: z.enum(['kill', 'pause', 'resume', 'restart', 'replay', 'follow']),
  inputs: AnyObject.optional(),
  /** Of a replay: the task whose first run it begins from. */
  from: z.string().optional(),
  /** The action must be refused with a message that holds this. */
  refused: z.string().optional(),
})

/** What a flow must come to. All that is left out must be empty. */
export const Expectation = z.strictObject({
  /** Given to the start. */
  inputs: AnyObject.default({}),
  /** `CODE line:column` of each problem for which the flow isn't accepted; it never runs then. */
  problems: z.array(z.string()).optional(),
  /** `CODE line:column` of each warning. */
  warnings: z.array(z.string()).optional(),
  /** The start must be refused with a message that holds this. */
  refused: z.string().optional(),
  do: z.array(Action).default([]),
  state: z.string().optional(),
  /** States of the execution, in order, apart by spaces. */
  history: z.string().optional(),
  /** `parent/task[value]#iteration STATE xAttempts`, in order of creation; what a run doesn't have is left out. */
  runs: z.array(z.string()).optional(),
  /** Of some task runs, by `task` or `task[value]`. */
  outputs: AnyObject.default({}),
  /** States of the task runs, apart by spaces, by `task` or `task[value]`. */
  histories: z.record(z.string(), z.string()).default({}),
  flowOutputs: AnyObject.optional(),
  /** Without the system's own but those that are named here. */
  labels: z.record(z.string(), z.string()).default({}),
  variables: AnyObject.optional(),
  /** `LEVEL task message` (`-`: of no task), in any order, from INFO up; if left out, only that there is no error. */
  logs: z.array(z.string()).optional(),
  /** Executions that it started, in order of their creation: `namespace.flow STATE`. */
  children: z.array(z.string()).optional(),
})
export type Expectation = z.infer<typeof Expectation>

export type RuleCase = {
  /** Section of the reference and rule, e.g. `6.3-parallel-fails-at-first-failure`. */
  name: string
  /** Flows to save before, such as subflows. */
  others: string[]
  /** The flow to run. */
  flow: string
  expected: Expectation
}

const folder = join(import.meta.dirname, 'flows')

/** Each file: the flow to run, flows that it needs, and last what it must come to, as documents of one YAML text. */
export function readRuleCases(): RuleCase[] {
  return readdirSync(folder)
    .filter(name => name.endsWith('.yaml'))
    .sort()
    .map(readRuleCase)
}

function readRuleCase(file: string): RuleCase {
  const documents = readFileSync(join(folder, file), 'utf8').split(/^---\n/m)
  const [flow, ...others] = documents.slice(0, -1)
  const expected = Expectation.safeParse(parse(documents.at(-1)!))
  if (flow === undefined || !expected.success) {
    throw new Error(`${file} has no expectation after ---: ${expected.error && z.prettifyError(expected.error)}`)
  }
  return { name: file.replace(/\.yaml$/, ''), flow, others, expected: expected.data }
}
