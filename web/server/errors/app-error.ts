import type { Diagnostic } from '#language/diagnostics'

/** Every way a request can be refused, with its HTTP status. Missing and forbidden tenants both read as NOT_FOUND. */
export const httpStatusOf = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  /** The tenant's plan gives no more of it. */
  LIMIT_REACHED: 402,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  CONFLICT: 409,
  TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  INVALID: 422,
  TOO_MANY_REQUESTS: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
} as const satisfies Record<string, number>

export type AppErrorCode = keyof typeof httpStatusOf

/** One thing wrong with a request, or with the flow in it. */
export type ErrorDetail = {
  message: string
  path?: string
  code?: string
  severity?: Diagnostic['severity']
  line?: number
  column?: number
}

/** A request that is refused for a reason its sender can act on. Anything else thrown is a bug and reads as INTERNAL. */
export class AppError extends Error {
  readonly code: AppErrorCode
  readonly details: ErrorDetail[]

  constructor(code: AppErrorCode, message: string, details: ErrorDetail[] = []) {
    super(message)
    this.name = 'AppError'
    this.code = code
    this.details = details
  }
}
