/** The routes that nobody signs in for: what they need to know of the caller, they ask themselves. */
import { answerWebhook } from '../webhooks/answer-webhook'
import type { RestHandler } from './rest-call'

export type OpenRoute = {
  method: 'GET' | 'POST' | 'PUT'
  path: `/${string}`
  summary: string
  answer: RestHandler
}

const webhookPath = '/{tenant}/executions/webhook/{namespace}/{id}/{key}'

export const openRoutes: OpenRoute[] = (['GET', 'POST', 'PUT'] as const).flatMap(method =>
  // Senders that add a path of their own are let in, too.
  ([webhookPath, `${webhookPath}/{path}`] as const).map(path => ({
    method,
    path,
    summary: 'Start a flow by its webhook; the key in the address is the secret',
    answer: answerWebhook,
  })),
)

/** A path as an error may repeat it: without the key of a webhook. */
export function withoutKey(path: string): string {
  return path.replace(/^(\/[^/]*\/executions\/webhook\/).*$/s, '$1...')
}
