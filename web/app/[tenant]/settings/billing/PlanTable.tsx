'use client'

import { commonText } from '#text/common'
import { settingsText } from '#text/settings'
import { Table, Td, Th, Tr } from '#ui/ui/table'
import { usePermissions } from '#web/components/tenant'
import type { Outputs } from '#web/components/trpc'
import { formatSize } from '#web/components/values/format-size'
import { formatCount } from './amounts'
import { CheckoutButton } from './StripeButtons'

type Billing = Outputs['billing']['plan']
type Limits = Billing['limits']

const orNone = (format: (value: number) => string) => (value: number | null) =>
  value === null ? settingsText.noLimit : format(value)

const rows: { label: string; tell(limits: Limits): string }[] = [
  { label: settingsText.executionsAMonth, tell: limits => orNone(formatCount)(limits.executionsPerMonth) },
  { label: settingsText.executionsAtOnce, tell: limits => orNone(formatCount)(limits.concurrentExecutions) },
  { label: commonText.members, tell: limits => orNone(formatCount)(limits.members) },
  { label: commonText.files, tell: limits => orNone(formatSize)(limits.storageBytes) },
  { label: settingsText.executionsAreKept, tell: limits => settingsText.days(limits.retentionDays) },
  { label: settingsText.auditLogIsKept, tell: limits => settingsText.days(limits.auditRetentionDays) },
]

/** What each plan gives, and how to get another. */
export function PlanTable({ billing }: { billing: Billing }) {
  const { plan: current, plans } = billing
  return (
    <section aria-labelledby="plans" className="grid grid-cols-1 gap-3">
      <h2 id="plans" className="font-semibold text-sm">
        {settingsText.plans}
      </h2>
      <div className="rounded-md border">
        <Table>
          <thead>
            <tr>
              <Th>
                <span className="sr-only">{settingsText.limit}</span>
              </Th>
              {plans.map(({ plan }) => (
                <Th key={plan} aria-current={plan === current ? 'true' : undefined}>
                  {plan}
                  {plan === current && <span className="font-normal text-accent"> {settingsText.yourPlan}</span>}
                </Th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ label, tell }) => (
              <Tr key={label}>
                <Td className="text-muted">{label}</Td>
                {plans.map(({ plan, limits }) => (
                  <Td key={plan} className="whitespace-nowrap tabular-nums">
                    {tell(limits)}
                  </Td>
                ))}
              </Tr>
            ))}
          </tbody>
        </Table>
      </div>
      <HowToChange billing={billing} />
    </section>
  )
}

function HowToChange({ billing }: { billing: Billing }) {
  const { isSold, subscription, plan: current, plans } = billing
  const mayBuy = usePermissions().includes('BILLING:UPDATE')
  if (!isSold) return <Hint>{settingsText.operatorSetsPlans}</Hint>
  if (!mayBuy) return <Hint>{settingsText.ownerChangesPlan}</Hint>
  if (subscription?.isLive) return <Hint>{settingsText.changeSubscriptionUnder}</Hint>
  const larger = plans.slice(plans.findIndex(({ plan }) => plan === current) + 1).map(({ plan }) => plan)
  const offered = subscription === null ? larger : plans.map(({ plan }) => plan)
  return (
    <div className="flex flex-wrap gap-2">
      {(['TEAM', 'SCALE'] as const)
        .filter(plan => offered.includes(plan))
        .map(plan => (
          <CheckoutButton key={plan} plan={plan} />
        ))}
    </div>
  )
}

function Hint({ children }: { children: string }) {
  return <p className="text-[13px] text-muted">{children}</p>
}
