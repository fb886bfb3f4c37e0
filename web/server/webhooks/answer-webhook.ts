import { setTimeout as sleep } from 'node:timers/promises'
import { PlanLimitReached } from '#db/usage/plan-limit'
import { isJsonObject } from '#language/json'
import { derivedId, type Opened } from '#worker/starts'
import { webEnv } from '../env'
import { AppError } from '../errors/app-error'
import { type Execution, isTerminal } from '../executions/execution'
import { createExecutionId } from '../executions/execution-id'
import { getExecution } from '../executions/get-execution'
import { startAndWait } from '../executions/wait-for-end'
import { errorResponse } from '../rest/error-response'
import { readBytes } from '../rest/read-body'
import type { RestCall } from '../rest/rest-call'
import { callsOfTenants } from './calls-of-tenants'
import { checkSignature } from './check-signature'
import { findWebhook, type Webhook } from './find-webhook'
import { noteCall, noteProblem } from './note-call'
import { callVariables } from './read-call'
import { openWebhook } from './start-webhook'
import { startedResponse } from './started-response'
import { createTriggerRender, TriggerProblem } from './trigger-render'

/** Longer than it takes to look for a webhook, so that the time tells nothing of what was found. */
const refusalMs = 50

/** Answers a call of a webhook. Whoever doesn't know its address learns nothing, not even that there is one. */
export async function answerWebhook({ request, url, params }: RestCall): Promise<Response> {
  const refusal = sleep(refusalMs)
  const { tenant = '', namespace = '', id = '', key = '' } = params
  const webhook = await findWebhook({ tenant, namespace, id, key })
  if (webhook === null) {
    await refusal
    throw new AppError('NOT_FOUND', 'There is no such webhook')
  }
  requireEnabled(webhook)
  const { tenantId } = webhook.scope
  return callsOfTenants().take(tenantId) ? answer(webhook, request, url) : tooMany(callsOfTenants().waitMs(tenantId))
}

async function answer(webhook: Webhook, request: Request, url: URL): Promise<Response> {
  const { scope, ref, definition } = webhook
  const bytes = await readBytes(request, webEnv().MILLRACE_WEBHOOK_MAX_MIB * 1024 * 1024)
  const delivery = await readDelivery(webhook, request, bytes)
  const { tenantId, namespace, flowId, triggerId } = ref
  const executionId =
    delivery === undefined ? createExecutionId() : derivedId(tenantId, namespace, flowId, triggerId, delivery)
  const variables = callVariables(request, url, bytes)
  const call = { executionId, isDerived: delivery !== undefined, variables }
  const opened = await openWebhook(webhook, call).catch(async (error: unknown) => {
    if (error instanceof PlanLimitReached) await noteProblem(scope, ref, error.message)
    throw error
  })
  if (opened === 'unwanted') return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } })
  await noteCall(scope, ref, executionId)
  const execution = await begun(webhook, { executionId, opened, signal: request.signal })
  return startedResponse({ definition, execution, origin: webEnv().MILLRACE_URL ?? url.origin })
}

/** Begins the execution; as it ended, where the caller waits. */
async function begun(
  { scope, definition }: Webhook,
  { executionId: id, opened, signal }: { executionId: string; opened: Opened | 'known'; signal: AbortSignal },
): Promise<Execution> {
  const begin = opened === 'known' ? async () => {} : opened.begin
  const waits = definition.wait === true || definition.wait === 'true'
  if (!waits) await Promise.race([begin(), sleep(longestBeginMs, undefined, { ref: false })])
  // One that needs no workflow has ended already, as have most that were delivered before.
  const execution = await getExecution(scope, id)
  return waits && !isTerminal(execution.state.current) ? startAndWait(scope, { id, start: begin, signal }) : execution
}

/** It is written, so that it begins in any case: the caller needn't wait for a Temporal that is away. */
const longestBeginMs = 2000

/** The id of a signed call; undefined where none is asked for. */
async function readDelivery(webhook: Webhook, request: Request, bytes: Buffer): Promise<string | undefined> {
  const { signature } = webhook.definition
  if (signature === undefined) return undefined
  // Where it is no such object, because an expression stands for it, nothing is signed well enough.
  const secret = await readSigningSecret(webhook, isJsonObject(signature) ? String(signature.secret) : '')
  return checkSignature({ secret, headers: request.headers, bytes, nowMs: Date.now() })
}

const shortestSecretBytes = 16

async function readSigningSecret({ scope, ref }: Webhook, written: string): Promise<string> {
  const { namespace, flowId: id } = ref
  try {
    const secret = String(await createTriggerRender(scope, namespace, { flow: { namespace, id } }).render(written))
    const bytes = Buffer.from(secret.replace(/^whsec_/, ''), 'base64').byteLength
    if (bytes >= shortestSecretBytes) return secret
    throw new TriggerProblem(`The signing secret is no Base64 of at least ${shortestSecretBytes} bytes`)
  } catch (error) {
    if (!(error instanceof TriggerProblem)) throw error
    await noteProblem(scope, ref, `Signatures can't be checked: ${error.message}`)
    throw new AppError('UNAVAILABLE', "This webhook can't check signatures now: its owner must set its signing secret")
  }
}

function requireEnabled({ ref, definition, disabled, disabledReason }: Webhook): void {
  if (!disabled && definition.disabled !== true && definition.disabled !== 'true') return
  const reason = disabledReason === null ? '' : ` (${disabledReason})`
  throw new AppError(
    'CONFLICT',
    `The trigger ${ref.triggerId} of the flow ${ref.namespace}.${ref.flowId} is disabled${reason}`,
  )
}

function tooMany(waitMs: number): Response {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000))
  const message = `Too many calls of this tenant's webhooks; there is room again in ${seconds} s`
  const response = errorResponse(new AppError('TOO_MANY_REQUESTS', message))
  response.headers.set('retry-after', String(seconds))
  return response
}
