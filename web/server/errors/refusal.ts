import { randomBytes } from 'node:crypto'
import { TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { ZodError } from 'zod'
import { log } from '../log'
import { type ErrorDetail, httpStatusOf } from './app-error'
import { appErrorOf } from './app-error-of'
import { formatPath } from './error-detail'

/** Anything thrown, as its sender may see it: never a stack, a query or another tenant's data. */
export type Refusal = { status: number; code: string; message: string; details: ErrorDetail[] }

/** @example refusalOf(new AppError('NOT_FOUND', 'There is no flow a.b')) -> { status: 404, ... } */
export function refusalOf(error: unknown): Refusal {
  const cause = error instanceof TRPCError && error.cause ? error.cause : error
  const refused = appErrorOf(cause)
  if (refused !== undefined) {
    const { code, message, details } = refused
    return { status: httpStatusOf[code], code, message, details }
  }
  if (cause instanceof ZodError && !isOutputProblem(error)) return refusalOfInput(cause)
  if (error instanceof TRPCError && error.code !== 'INTERNAL_SERVER_ERROR') {
    return { status: getHTTPStatusCodeFromError(error), code: error.code, message: error.message, details: [] }
  }
  return refusalOfBug(cause)
}

/** tRPC throws the same kind of error where a reply doesn't fit its schema: that is our bug, not the sender's. */
function isOutputProblem(error: unknown): boolean {
  return error instanceof TRPCError && error.code === 'INTERNAL_SERVER_ERROR'
}

function refusalOfInput(error: ZodError): Refusal {
  const details = error.issues.map(issue => ({
    message: issue.message,
    path: formatPath(issue.path),
    code: issue.code,
  }))
  const first = details[0]
  const where = first?.path ? `${first.path}: ` : ''
  const more = details.length > 1 ? ` (and ${details.length - 1} more)` : ''
  return { status: 400, code: 'BAD_REQUEST', message: `${where}${first?.message ?? 'bad input'}${more}`, details }
}

function refusalOfBug(cause: unknown): Refusal {
  const reference = randomBytes(4).toString('hex')
  log.error({ err: cause, reference }, 'request failed')
  return {
    status: 500,
    code: 'INTERNAL',
    message: `Something went wrong in Millrace itself; its log has the cause under ${reference}`,
    details: [],
  }
}
