import { TRPCClientError } from '@trpc/client'
import { commonText } from '#text/common'

export type ErrorDetail = { message: string; path?: string; code?: string; line?: number; column?: number }

/** The code of a refused request, e.g. `NOT_FOUND`; undefined where none came back (no network). */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof TRPCClientError)) return undefined
  return (error.data as { code?: string } | undefined)?.code
}

/** Everything that was wrong with the request, one entry each. */
export function detailsOf(error: unknown): ErrorDetail[] {
  if (!(error instanceof TRPCClientError)) return []
  const data = error.data as { details?: ErrorDetail[] } | undefined
  return data?.details ?? []
}

/** What to tell the user whose flow was not saved; its problems stand below the editor. */
export function saveProblemOf(error: unknown): string {
  if (codeOf(error) === 'UNAUTHORIZED') {
    return commonText.notSavedSignedOut
  }
  const count = detailsOf(error).filter(({ line }) => line !== undefined).length
  if (count === 0) return messageOf(error)
  return count === 1 ? commonText.notSavedOneProblem : commonText.notSavedProblems(count)
}

/** What to tell the user. */
export function messageOf(error: unknown): string {
  if (error instanceof TRPCClientError && error.data === undefined) {
    return commonText.noConnection
  }
  return error instanceof Error ? error.message : String(error)
}
