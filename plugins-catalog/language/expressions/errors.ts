import type { Position } from './ast'
import { ExpressionError } from './types'

/** The text is no template: raised by lexer and parser. */
export class TemplateSyntaxError extends ExpressionError {
  readonly at: Position
  /** The message alone, without the template. */
  readonly reason: string
  constructor(reason: string, source: string, at: Position) {
    super(withPlace(reason, source, at.line), source, at.line)
    this.at = at
    this.reason = reason
  }
}

/** A name or attribute that isn't there: what `??`, `default` and `is defined` forgive. */
export class UndefinedVariable extends ExpressionError {
  readonly variable: string
  constructor(variable: string, source: string, line: number) {
    super(
      `Unable to find \`${variable}\` used in the expression \`${shortened(source)}\` at line ${line}`,
      source,
      line,
    )
    this.variable = variable
  }
}

/** A template that ran away. */
export class LimitExceeded extends ExpressionError {}

/** What a filter, function or operator has to say; the evaluator adds the expression and the line. */
export class Complaint extends Error {
  override readonly name = 'Complaint'
}

/** Kestra's shape: the cause, then the template and the line. */
export function withPlace(message: string, source: string, line: number): string {
  return `${message} (${shortened(source)}:${line})`
}

const longestShown = 2_000

/** A whole script as a template would drown the message. */
function shortened(source: string): string {
  return source.length <= longestShown ? source : `${source.slice(0, longestShown)}...`
}
