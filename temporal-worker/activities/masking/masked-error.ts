import type { Masker } from './masker'

/** An error for the operator's log, its message and stack without the secrets of the task. */
export function maskedError(error: unknown, masker: Masker): unknown {
  if (masker.isEmpty) return error
  if (!(error instanceof Error)) return masker.text(String(error))
  const masked = new Error(masker.text(error.message))
  masked.name = error.name
  masked.stack = masker.text(error.stack ?? '')
  return masked
}
