import type { PlanLimits, PlanName } from '../plans'

/** Limits that refuse something; retention refuses nothing, and too many at once wait. */
export type RefusingLimit = 'executionsPerMonth' | 'concurrentExecutions' | 'members' | 'storageBytes'

/** A tenant has used up what its plan gives. The message says which limit, how much is used, and what to do. */
export class PlanLimitReached extends Error {
  readonly limit: RefusingLimit

  constructor(limit: RefusingLimit, message: string) {
    super(message)
    this.name = 'PlanLimitReached'
    this.limit = limit
  }
}

type Reached = { plan: PlanName; most: number; used: number; now?: Date }

const told: Record<RefusingLimit, (reached: Reached) => string> = {
  executionsPerMonth: ({ plan, most, used, now = new Date() }) =>
    `The plan ${plan} gives ${count(most)} executions a month, and ${count(used)} are used or under way in ${monthOf(now)} (UTC). ` +
    `Wait until ${firstOfNextMonth(now)}, or ${more}.`,
  concurrentExecutions: ({ plan, most, used }) =>
    `The plan ${plan} runs ${count(most)} executions at once, and ${count(used)} run. Wait until one has ended, or ${more}.`,
  members: ({ plan, most, used }) =>
    `The plan ${plan} is for ${count(most)} members, and the tenant has ${count(used)}. Remove a member, or ${more}.`,
  storageBytes: ({ plan, most, used }) =>
    `The plan ${plan} keeps ${gibibytes(most)} of files, and ${gibibytes(used)} are used. Delete executions or files, or ${more}.`,
}

const more = 'have an owner change the plan (Settings, Billing) or ask the operator of this installation'

export function planLimitReached(limit: RefusingLimit, reached: Reached): PlanLimitReached {
  return new PlanLimitReached(limit, told[limit](reached))
}

/** The limit of each plan that has one, as SQL takes it: `{"FREE": 10}`. */
export function limitsByPlan(
  plans: Record<PlanName, { limits: PlanLimits }>,
  limit: keyof PlanLimits,
): Partial<Record<PlanName, number>> {
  const named = Object.entries(plans).map(([plan, { limits }]) => [plan, limits[limit]] as const)
  return Object.fromEntries(named.filter(([, most]) => most !== null))
}

/** The first day of a date's month, as `2026-11-01` (UTC). */
export function firstOfMonth(date: Date): string {
  return `${date.toISOString().slice(0, 7)}-01`
}

function count(number: number): string {
  return number.toLocaleString('en')
}

function gibibytes(bytes: number): string {
  return `${(bytes / 1024 ** 3).toLocaleString('en', { maximumFractionDigits: 2 })} GiB`
}

function monthOf(date: Date): string {
  return date.toLocaleString('en', { month: 'long', timeZone: 'UTC' })
}

function firstOfNextMonth(date: Date): string {
  const next = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1))
  return next.toLocaleString('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' })
}
