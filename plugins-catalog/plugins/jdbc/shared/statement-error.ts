import { TaskError } from '#language/define-plugin'
import type { Statement } from './split-statements'

const shownChars = 120

/** An error of the database with the place of the statement, counted in the whole SQL of the task. */
export function toStatementError(error: unknown, statement: Statement, number: number, hint = ''): TaskError {
  if (error instanceof TaskError) return error
  const message = error instanceof Error ? error.message : String(error)
  const reason = message.replace(/^Failed to [\w ]+: /, '')
  // A database counts lines within the statement; the user sees the whole text.
  const placed = reason.replace(/\bLINE (\d+):/g, (_match, line) => `LINE ${Number(line) + statement.line - 1}:`)
  const oneLine = statement.text.replace(/\s+/g, ' ')
  const shown = oneLine.length > shownChars ? `${oneLine.slice(0, shownChars)}...` : oneLine
  return new TaskError(`Statement ${number} (line ${statement.line}) failed: ${placed}${hint}\nStatement: ${shown}`, {
    cause: error,
  })
}
