import { Composer, type CST, type Document, Lexer, Parser } from 'yaml'

/** Levels of the reader's stack that one level of nesting takes at most. */
const stackPerLevel = 2

/** What ends a value. Where none comes for long the text is no YAML, and the parser's time grows with the square. */
const separator = /^[:?[{-]/
const lineBreak = /^\r?\n/

/**
 * Parses the documents of a YAML text; null where it is nested deeper than the limit. The depth is watched while tokens
 * are read, by a parser that keeps its own stack: composing them recurses, and where that overflows inside the engine's
 * regular expressions it ends the whole process, which no `catch` could prevent.
 */
export function readDocuments(text: string, maxDepth: number): Document.Parsed[] | null {
  const parser = new Parser()
  const tokens: CST.Token[] = []
  let run = 0
  let last = ''
  for (const lexeme of new Lexer().lex(text)) {
    const ends = lineBreak.test(lexeme) || separator.test(lexeme) || (lexeme === ',' && last !== ',')
    run = ends ? 0 : run + 1
    last = lexeme
    for (const token of parser.next(lexeme)) tokens.push(token)
    if (Math.max(run, parser.stack.length) > maxDepth * stackPerLevel) return null
  }
  for (const token of parser.end()) tokens.push(token)
  const composer = new Composer({
    version: '1.2',
    uniqueKeys: false,
    strict: true,
    prettyErrors: false,
    logLevel: 'silent',
  })
  return [...composer.compose(tokens, true, text.length)]
}
