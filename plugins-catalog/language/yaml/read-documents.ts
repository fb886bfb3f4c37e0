import { Composer, type CST, type Document, Lexer, Parser } from 'yaml'

/** Levels of the reader's stack that one level of nesting takes at most. */
const stackPerLevel = 2

/** Anchors, tags and closing brackets: the parser's time grows with the square of a run of them. */
const repeatable = /^[&!\]}]/

/**
 * Parses the documents of a YAML text; null where it is nested deeper than the limit. The depth is watched while tokens
 * are read, by a parser that keeps its own stack: composing them recurses, and where that overflows inside the engine's
 * regular expressions it ends the whole process, which no `catch` could prevent.
 */
export function readDocuments(text: string, maxDepth: number): Document.Parsed[] | null {
  const parser = new Parser()
  const tokens: CST.Token[] = []
  let run = 0
  for (const lexeme of new Lexer().lex(text)) {
    run = repeatable.test(lexeme) ? run + 1 : lexeme.trim() === '' ? run : 0
    for (const token of parser.next(lexeme)) tokens.push(token)
    if (run > maxDepth || parser.stack.length > maxDepth * stackPerLevel) return null
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
