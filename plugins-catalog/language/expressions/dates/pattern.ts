import { Complaint } from '../errors'

/** A piece of a Java date pattern: text as it stands, or a letter and how often it is written. */
export type PatternPart = { literal: string } | { letter: string; count: number } | { optional: PatternPart[] }

const longestPattern = 200

/** Reads Java's DateTimeFormatter patterns: letters, 'quoted text', [optional parts]. */
export function readPattern(pattern: string): PatternPart[] {
  if (pattern.length > longestPattern) throw new Complaint(`A date pattern of more than ${longestPattern} characters`)
  const stack: PatternPart[][] = [[]]
  for (let index = 0; index < pattern.length; ) {
    const parts = stack.at(-1)!
    const character = pattern.charAt(index)
    if (/[A-Za-z]/.test(character)) {
      let end = index
      while (pattern.charAt(end) === character) end += 1
      parts.push({ letter: character, count: end - index })
      index = end
    } else if (character === "'") {
      const [literal, end] = readQuoted(pattern, index)
      parts.push({ literal })
      index = end
    } else {
      readOther(character, stack, pattern)
      index += 1
    }
  }
  if (stack.length > 1) throw new Complaint(`"${pattern}" opens a "[" and doesn't close it`)
  return stack[0]!
}

function readQuoted(pattern: string, start: number): [string, number] {
  let text = ''
  for (let index = start + 1; index < pattern.length; index += 1) {
    if (pattern.charAt(index) !== "'") text += pattern.charAt(index)
    else if (pattern.charAt(index + 1) !== "'") return [index === start + 1 ? "'" : text, index + 1]
    else {
      if (index === start + 1 && pattern.charAt(index + 2) !== "'") return ["'", index + 1]
      text += "'"
      index += 1
    }
  }
  throw new Complaint(`"${pattern}" opens a quote and doesn't close it`)
}

function readOther(character: string, stack: PatternPart[][], pattern: string): void {
  if (character === '[') stack.push([])
  else if (character === ']') {
    const optional = stack.pop()
    if (!optional || stack.length === 0) throw new Complaint(`"${pattern}" closes a "]" that isn't open`)
    stack.at(-1)!.push({ optional })
  } else if ('{}#'.includes(character)) throw new Complaint(`"${character}" is reserved in date patterns`)
  else stack.at(-1)!.push({ literal: character })
}
