import type { Json } from '../../json'
import type { Style } from './page'
import { blockText, inlineText, keyText, plainText } from './scalar'

/** A value to write: what stands behind its name or dash, and the lines below, indented for a value at the very left. */
export type Written = {
  head: string
  lines: string[]
  /** What it is indented by under a property; under a dash its lines stand beside its first one. */
  as: 'map' | 'list' | 'text'
  value: Json
  /** As it is to stand within braces and brackets; made of the value where absent. */
  inline?: string
}

export function inlineOf({ inline, value }: Written): string {
  return inline ?? inlineText(value)
}

/** Block style, texts of several lines as literal blocks, quotes only where they are needed. */
export function write(value: Json, style: Style): Written {
  if (Array.isArray(value) && value.length > 0) {
    return { head: '', lines: value.flatMap(item => itemLines(write(item, style), 2)), as: 'list', value }
  }
  if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
    const lines = Object.entries(value).flatMap(([name, child]) => pairLines(name, write(child, style), style))
    return { head: '', lines, as: 'map', value }
  }
  const block = typeof value === 'string' ? blockText(value, style.map) : null
  if (block !== null) return { ...block, as: 'text', value }
  return { head: typeof value === 'object' ? inlineText(value) : plainText(value), lines: [], as: 'text', value }
}

/** A property, at the very left. */
export function pairLines(name: string, { head, lines, as }: Written, style: Style): string[] {
  const first = head === '' ? `${keyText(name)}:` : `${keyText(name)}: ${head}`
  return [first, ...indent(lines, as === 'list' ? style.list : style.map)]
}

/** An item of a list, its dash at the very left; `width` is that of the dash with the spaces behind it. */
export function itemLines({ head, lines, as }: Written, width: number): string[] {
  const [first = '', ...more] = as === 'text' ? [head, ...lines] : lines
  return [first === '' ? '-' : `-${' '.repeat(width - 1)}${first}`, ...indent(more, width)]
}

export function indent(lines: readonly string[], spaces: number): string[] {
  const margin = ' '.repeat(spaces)
  return lines.map(line => (line === '' ? line : margin + line))
}

/** Takes spaces off the left, as far as there are any. */
export function dedent(lines: readonly string[], spaces: number): string[] {
  return lines.map(line => line.slice(Math.min(spaces, /^ */.exec(line)![0].length)))
}
