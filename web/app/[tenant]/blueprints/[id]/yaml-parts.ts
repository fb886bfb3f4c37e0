export type YamlPart = { kind: 'comment' | 'key' | 'expression' | 'text'; text: string }

const key = /^(\s*(?:- )*)([A-Za-z0-9_.$/-]+:)(?=\s|$)/
const mark = /(\{\{.*?\}\}|<<\s*arg\..*?>>|(?:^|(?<=\s))#.*$)/

/** A line of YAML in parts that differ in colour: enough to be read, and no parser. Joined they are the line again. */
export function partsOf(line: string): YamlPart[] {
  const [start, indent = '', name = ''] = key.exec(line) ?? ['']
  const rest = line.slice(start.length)
  const head: YamlPart[] = [
    { kind: 'text', text: indent },
    { kind: 'key', text: name },
  ]
  return [...head, ...rest.split(mark).map(toPart)].filter(({ text }) => text !== '')
}

function toPart(text: string, index: number): YamlPart {
  if (index % 2 === 0) return { kind: 'text', text }
  return { kind: text.startsWith('#') ? 'comment' : 'expression', text }
}
