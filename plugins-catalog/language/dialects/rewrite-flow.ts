import type { Construct, Direction, Path } from './construct'
import { constructs } from './constructs'
import { type Edit, FlowText } from './flow-text'

export type Rewritten = {
  text: string
  /** Lines are those of the text that was given. */
  changes: { construct: string; line: number; exact: true }[]
  /** What stays as it is, because nothing says exactly the same. */
  left: { construct: string; line: number; reason: string }[]
}

/**
 * Says a flow in the words of Kestra 2, or of Kestra 1, wherever these say exactly the same. All else stays byte for
 * byte. A text that can't be read stays as it is. With `only` just what stands at a path is rewritten: that of the
 * diagnostic `OLDER_DIALECT` which its user wants to be rid of.
 */
export function rewriteFlow(text: string, direction: Direction, only?: { path: Path }): Rewritten {
  const result: Rewritten = { text, changes: [], left: [] }
  const lines = Array.from({ length: text.split('\n').length }, (_, index) => index + 1)
  const isWanted = (path: Path) => only === undefined || only.path.join('\n') === path.join('\n')
  let opened = FlowText.open(text)
  for (const construct of constructs) {
    if (opened === null) break
    rewriteConstruct(result, opened, { construct, direction, lines, isWanted })
    if (opened.text !== result.text) opened = FlowText.open(result.text)
  }
  const byLine = (a: { line: number }, b: { line: number }) => a.line - b.line
  return { text: result.text, changes: result.changes.sort(byLine), left: result.left.sort(byLine) }
}

type Step = {
  construct: Construct
  direction: Direction
  /** The original line of each line of the text as it is by now. */
  lines: number[]
  isWanted(path: Path): boolean
}

function rewriteConstruct(result: Rewritten, opened: FlowText, { construct, direction, lines, isWanted }: Step): void {
  const edits: Edit[] = []
  for (const { path, at, change } of construct[direction]?.(opened.flow) ?? []) {
    if (!isWanted(path)) continue
    const offset = (at === 'key' ? opened.pair(path)?.key.range?.[0] : opened.node(path)?.range?.[0]) ?? 0
    const line = lines[opened.lineOf(offset) - 1] ?? 1
    const found = change(opened)
    const isFree = typeof found !== 'string' && !found.some(edit => edits.some(other => overlap(edit, other)))
    if (typeof found === 'string') result.left.push({ construct: construct.name, line, reason: found })
    else if (!isFree) result.left.push({ construct: construct.name, line, reason: 'another change stands here' })
    else {
      edits.push(...found)
      result.changes.push({ construct: construct.name, line, exact: true })
    }
  }
  // From the end on, so that offsets stay true; of those at one place the last first.
  for (const edit of edits.toReversed().toSorted((a, b) => b.start - a.start)) apply(result, edit, lines)
}

function overlap(a: Edit, b: Edit): boolean {
  return a.start < b.end && b.start < a.end
}

function apply(result: Rewritten, { start, end, text: written }: Edit, lines: number[]): void {
  const text = result.text.includes('\r\n') ? written.replaceAll(/\r?\n/g, '\r\n') : written
  const line = result.text.slice(0, start).split('\n').length
  const removed = result.text.slice(start, end).split('\n').length - 1
  const added = text.split('\n').length - 1
  const origin = lines[line - 1] ?? 1
  const kept = lines.slice(line, line + Math.min(removed, added))
  const extra = Array.from({ length: Math.max(0, added - removed) }, () => origin)
  lines.splice(line, removed, ...kept, ...extra)
  result.text = result.text.slice(0, start) + text + result.text.slice(end)
}
