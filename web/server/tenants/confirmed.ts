import { AppError } from '../errors/app-error'

/** Asked a second time, in a way that nobody does by accident: what was typed must be the text itself. */
export function requireTyped(typed: string, wanted: string, what: string): void {
  if (typed.trim() === wanted) return
  const message = `Type the ${what} ${wanted} to confirm`
  throw new AppError('BAD_REQUEST', message, [{ path: 'confirm', message, code: 'NOT_CONFIRMED' }])
}
