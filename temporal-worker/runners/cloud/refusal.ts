import { setTimeout as delay } from 'node:timers/promises'
import { RunnerRequestError } from '../runner'

/** What the user can mend: a wrong property, wrong credentials, a missing permission, something that isn't there. */
const refusals = [400, 401, 403, 404, 413]
const waitsMs = [1000, 2000, 4000, 8000]

/** As the libraries of Google and Azure tell it. */
function statusOf(error: unknown): number | undefined {
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown }
  const status = Number(statusCode ?? code)
  return status >= 100 && status < 600 ? status : undefined
}

type Answer = { error?: { message?: string }; message?: { value?: string } }

/** What the service said: Google's library has its whole answer as the message, Azure's the answer beside it. */
function messageOf(error: unknown): string {
  const { message, body } = error as Error & { body?: Answer }
  if (body?.message?.value !== undefined) return body.message.value
  try {
    return (JSON.parse(message) as Answer).error?.message ?? message
  } catch {
    return message
  }
}

/** Sends a request; a refusal says what was asked for. @example asking('Azure', 'create the job', () => job.add(...)) */
export async function asking<Result>(vendor: string, what: string, send: () => Promise<Result>): Promise<Result> {
  try {
    return await send()
  } catch (error) {
    if (!refusals.includes(statusOf(error) ?? 0)) throw error
    throw new RunnerRequestError(`taskRunner: ${vendor} refused to ${what}: ${messageOf(error)}`)
  }
}

/** The other where there is one of this status already (409), or none any more (404). */
export async function unless<Result, Other>(
  status: number,
  send: () => Promise<Result>,
  other: Other,
): Promise<Result | Other> {
  try {
    return await send()
  } catch (error) {
    if (statusOf(error) === status) return other
    throw error
  }
}

/** Asks again where the service is away for a moment, or asked too often. */
export async function patiently<Result>(send: () => Promise<Result>): Promise<Result> {
  for (const waitMs of waitsMs) {
    try {
      return await send()
    } catch (error) {
      const status = statusOf(error)
      if (status !== undefined && status < 500 && status !== 429) throw error
      await delay(waitMs)
    }
  }
  return await send()
}
