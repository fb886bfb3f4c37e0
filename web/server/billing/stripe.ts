import Stripe from 'stripe'
import type { PlanName } from '#db/plans'
import { webEnv } from '../env'
import { AppError } from '../errors/app-error'

/** Plans that are sold. */
export const paidPlans = ['TEAM', 'SCALE'] as const
export type PaidPlan = (typeof paidPlans)[number]

/** What Stripe is asked with, and what its prices stand for. */
export type StripeWorld = {
  client: Stripe
  webhookSecret: string
  /** The flat price first, then metered ones. */
  prices: Record<PaidPlan, readonly string[]>
}

let opened: StripeWorld | undefined

/** Stripe as the installation is set up for it; undefined where its operator sets plans. */
export function stripe(): StripeWorld | undefined {
  const env = webEnv()
  const { STRIPE_SECRET_KEY: key, STRIPE_WEBHOOK_SECRET: webhookSecret } = env
  const { STRIPE_PRICE_TEAM: team, STRIPE_PRICE_SCALE: scale } = env
  // All four or none: the environment is checked so.
  if (!key || !webhookSecret || !team || !scale) return undefined
  opened ??= {
    client: new Stripe(key, {
      timeout: 10_000,
      maxNetworkRetries: 2,
      telemetry: false,
      ...placeOf(env.STRIPE_API_BASE),
    }),
    webhookSecret,
    prices: { TEAM: team, SCALE: scale },
  }
  return opened
}

/** For what can't be done without. */
export function requireStripe(): StripeWorld {
  const world = stripe()
  if (world === undefined) {
    throw new AppError(
      'CONFLICT',
      'This installation sells no plans: ask its operator, who sets them (npm run tenant:plan)',
    )
  }
  return world
}

/** The plan of a subscription with these prices; undefined where none is known. */
export function planOfPrices({ prices }: StripeWorld, ids: readonly string[]): PlanName | undefined {
  return paidPlans.find(plan => ids.includes(prices[plan][0] ?? ''))
}

function placeOf(base: string | undefined) {
  if (base === undefined) return {}
  const { hostname, port, protocol } = new URL(base)
  const isSecure = protocol === 'https:'
  return {
    host: hostname,
    port: port || (isSecure ? 443 : 80),
    protocol: isSecure ? ('https' as const) : ('http' as const),
  }
}
