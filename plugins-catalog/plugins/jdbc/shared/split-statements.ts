/** A statement of a longer text, without its `;`, and the line it starts on, from 1. */
export type Statement = { text: string; line: number }

const skips: RegExp[] = [
  /--[^\n]*/y,
  // A doubled quote reads as two strings side by side, which ends at the same place.
  /'[^']*'?/y,
  /"[^"]*"?/y,
  /\$(\w*)\$[\s\S]*?(?:\$\1\$|$)/y,
  /[A-Za-z_][\w$]*/y,
  /\d[\w.]*/y,
]
/** `E'it\'s'`: only here a backslash escapes. */
const escapeString = /[eE]'[^'\\]*(?:(?:\\[\s\S]|'')[^'\\]*)*'?/y

/**
 * Cuts SQL at its semicolons, but for those in strings, quoted names, dollar quotes and comments.
 * @example splitStatements("SELECT ';'; SELECT 2") // two statements
 */
export function splitStatements(sql: string): Statement[] {
  const statements: Statement[] = []
  let start = 0
  const push = (end: number) => {
    const text = sql.slice(start, end)
    const leading = leadingBlank(text)
    const trimmed = text.slice(leading).trim()
    if (trimmed !== '') statements.push({ text: trimmed, line: lineAt(sql, start + leading) })
  }
  let at = 0
  while (at < sql.length) {
    if (sql[at] === ';') {
      push(at)
      start = at + 1
    }
    at = skipToken(sql, at)
  }
  push(sql.length)
  return statements
}

/**
 * Replaces `:name` placeholders of known names, outside of strings and comments; `::type` and others stay.
 * @example replaceParameters('a = :id::int', ['id'], () => '$1') // 'a = $1::int'
 */
export function replaceParameters(sql: string, names: string[], write: (name: string) => string): string {
  let text = ''
  let at = 0
  while (at < sql.length) {
    const name =
      sql[at] === ':' && sql[at - 1] !== ':' ? /^:([A-Za-z_]\w*)/.exec(sql.slice(at, at + 200))?.[1] : undefined
    if (name !== undefined && names.includes(name)) {
      text += write(name)
      at += name.length + 1
      continue
    }
    const next = skipToken(sql, at)
    text += sql.slice(at, next)
    at = next
  }
  return text
}

/** Where the string, comment, word or single character that starts at `at` ends. */
function skipToken(sql: string, at: number): number {
  if (sql.startsWith('/*', at)) return skipBlockComment(sql, at)
  for (const pattern of [escapeString, ...skips]) {
    pattern.lastIndex = at
    if (pattern.test(sql)) return Math.max(pattern.lastIndex, at + 1)
  }
  return at + 1
}

/** Block comments nest. */
function skipBlockComment(sql: string, start: number): number {
  let depth = 0
  for (let at = start; at < sql.length; at++) {
    if (sql.startsWith('/*', at)) {
      depth++
      at++
    } else if (sql.startsWith('*/', at)) {
      depth--
      at++
      if (depth === 0) return at + 1
    }
  }
  return sql.length
}

/** Length of the blanks and comments before the first word, so that a message names the line of the statement itself. */
function leadingBlank(text: string): number {
  let at = 0
  for (;;) {
    const blank = /^(?:\s+|--[^\n]*)/.exec(text.slice(at))?.[0].length ?? 0
    const next = blank > 0 ? at + blank : text.startsWith('/*', at) ? skipBlockComment(text, at) : at
    if (next === at) return at
    at = next
  }
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}
