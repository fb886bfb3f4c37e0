import type { Path, Problem } from './problem'

const dotted = /\b(inputs|outputs|vars|labels)\.([a-zA-Z0-9_]+(?:-[a-zA-Z0-9_]+)+)/g

/** `{{ inputs.a-b }}` subtracts: a name with a dash needs brackets. Reported only where such a name exists. */
export function dashProblems(
  template: string,
  path: Path,
  ids: { inputs: Set<string>; outputs: Set<string> },
): Problem[] {
  return [...template.matchAll(dotted)].flatMap(({ 0: whole, 1: root = '', 2: name = '', index }) => {
    const known = root === 'inputs' ? ids.inputs : root === 'outputs' ? ids.outputs : undefined
    if (known === undefined || !known.has(name)) return []
    const before = template.slice(0, index)
    const line = before.split('\n').length
    const column = index - (before.lastIndexOf('\n') + 1) + 1
    const message = `"${whole}" subtracts; write ${root}["${name}"] for a name with a dash`
    return [{ code: 'EXPRESSION_SYNTAX' as const, message, path, within: { line, column } }]
  })
}
