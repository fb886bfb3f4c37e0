import { TaskError } from '#language/define-plugin'

type Call<Result> = { what: string; at: string; send(): Promise<Result> }

/** Sends a request; a refusal tells what was asked for, and of what. @example call({ what: 'read', at: 's3://b/k', ... }) */
export async function call<Result>({ what, at, send }: Call<Result>): Promise<Result> {
  try {
    return await send()
  } catch (error) {
    if (error instanceof TaskError || !(error instanceof Error)) throw error
    throw new TaskError(`Can't ${what} ${at}: ${reasonOf(error)}`, { cause: error })
  }
}

/** As `call`; null where there is nothing, or no longer this version of it. */
export async function callUnlessGone<Result>(request: Call<Result>): Promise<Result | null> {
  try {
    return await call(request)
  } catch (error) {
    if (isGone(error)) return null
    throw error
  }
}

function isGone(error: unknown): boolean {
  const { cause } = error as Error
  if (cause instanceof Error && cause.name === 'NoSuchBucket') return false
  return [404, 412].includes(statusOf(cause) ?? 0)
}

/** The status that S3 refused with. */
export function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode
}

const hints: Record<string, string> = {
  CredentialsProviderError: 'there are no credentials; set accessKeyId and secretKeyId',
  NotFound: 'there is none',
  AccessDenied: 'the credentials do not allow it',
}

function reasonOf(error: Error): string {
  if (error.message === 'Region is missing') return 'region is missing; write one such as eu-central-1'
  const hint = hints[error.name]
  if (hint !== undefined) return hint
  return error.message === '' || error.message === 'UnknownError'
    ? `${error.name} (status ${statusOf(error) ?? 'unknown'})`
    : `${error.name}: ${error.message}`
}
