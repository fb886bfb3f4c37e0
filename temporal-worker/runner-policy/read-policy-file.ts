import { readFile } from 'node:fs/promises'
import { LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { PolicyFile } from './policy-file'

/** All that is wrong with the operator's file, a line each. */
export class PolicyFileError extends Error {
  constructor(
    path: string,
    readonly problems: string[],
  ) {
    const lines = problems.map(problem => `  ${problem}`).join('\n')
    super(
      `${path} (MILLRACE_RUNNER_POLICY) needs a change; infra/runner-policy.example.yaml shows all of it:\n${lines}`,
    )
    this.name = 'PolicyFileError'
  }
}

/** Reads and checks the operator's file; one that says nothing where there is none. Throws PolicyFileError. */
export async function readPolicyFile(path: string | undefined): Promise<PolicyFile> {
  if (path === undefined) return PolicyFile.parse({})
  const text = await readFile(path, 'utf8').catch(error => {
    throw new PolicyFileError(path, [`It can't be read: ${error instanceof Error ? error.message : String(error)}`])
  })
  return parsePolicyFile(path, text)
}

export function parsePolicyFile(path: string, text: string): PolicyFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const lineAt = (offset: number) => lines.linePos(offset).line
  if (document.errors.length > 0) {
    throw new PolicyFileError(
      path,
      document.errors.map(({ pos, message }) => `line ${lineAt(pos[0])}: ${message}`),
    )
  }
  const parsed = PolicyFile.safeParse(document.toJS() ?? {})
  if (parsed.success) return parsed.data
  /** Of the innermost value on the way that is written down. */
  const lineOf = (keys: PropertyKey[]): number => {
    const node: unknown = document.getIn(keys, true)
    const range = (node as { range?: [number, number, number] } | undefined)?.range
    if (range === undefined && keys.length > 0) return lineOf(keys.slice(0, -1))
    return lineAt(range?.[0] ?? 0)
  }
  throw new PolicyFileError(
    path,
    parsed.error.issues.flatMap(issue => explain(issue, lineOf)),
  )
}

type Issue = z.core.$ZodIssue

function explain(issue: Issue, lineOf: (path: PropertyKey[]) => number): string[] {
  const at = (path: PropertyKey[], message: string) =>
    `line ${lineOf(path)}${path.length === 0 ? '' : `, ${path.map(String).join('.')}`}: ${message}`
  if (issue.code === 'unrecognized_keys') return issue.keys.map(key => at([...issue.path, key], 'is not known here'))
  return [at(issue.path, issue.message)]
}
