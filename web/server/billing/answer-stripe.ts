import type Stripe from 'stripe'
import { AppError } from '../errors/app-error'
import { log } from '../log'
import { errorResponse } from '../rest/error-response'
import { readBytes } from '../rest/read-body'
import { applySubscription } from './apply-subscription'
import { type StripeWorld, stripe } from './stripe'
import { Subscription } from './subscription'

const maxBytes = 1024 * 1024
const followed = /^customer\.subscription\.(created|updated|deleted|paused|resumed)$/

/** Answers Stripe's webhook. Never throws; anything but 2xx makes Stripe send the event again. */
export async function answerStripe(request: Request): Promise<Response> {
  try {
    const world = stripe()
    if (world === undefined) throw new AppError('NOT_FOUND', 'This installation has no Stripe')
    const event = verify(world, await readBytes(request, maxBytes), request.headers.get('stripe-signature') ?? '')
    return Response.json({ outcome: await handle(world, event) }, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return errorResponse(error)
  }
}

/** The signature is over the body as it came, and over a time that must not be long ago. */
function verify({ client, webhookSecret }: StripeWorld, body: Buffer, signature: string): Stripe.Event {
  try {
    return client.webhooks.constructEvent(body, signature, webhookSecret)
  } catch {
    throw new AppError('BAD_REQUEST', 'The signature is missing or wrong, or too old')
  }
}

async function handle(world: StripeWorld, event: Stripe.Event): Promise<string> {
  if (!followed.test(event.type)) return 'not followed'
  const subscription = Subscription.parse(event.data.object)
  const { id, type, created } = event
  const outcome = await applySubscription(world, { id, type, createdAt: new Date(created * 1000), subscription })
  log.info({ event: id, type, subscription: subscription.id, status: subscription.status, outcome }, 'Stripe event')
  return outcome
}
