'use client'

import { useQuery } from '@tanstack/react-query'
import { settingsText } from '#text/settings'
import { LoadProblem } from '#ui/LoadProblem'
import { PageHeader } from '#ui/shell/PageHeader'
import { Alert } from '#ui/ui/alert'
import { SkeletonRows } from '#ui/ui/skeleton'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { useUrlState } from '#web/components/url-state'
import { LimitMeters } from './LimitMeters'
import { PlanTable } from './PlanTable'
import { PortalButton } from './StripeButtons'
import { UsageSection } from './UsageSection'

/** The tenant's plan, how much of it is used, and by what. */
export function BillingPage() {
  const tenant = useTenant()
  const trpc = useTRPC()
  const [params] = useUrlState()
  const billing = useQuery(trpc.billing.plan.queryOptions({ tenant }))
  const { data } = billing
  return (
    <>
      <PageHeader title={settingsText.planAndUsage} actions={data?.subscription && <PortalButton />} />
      {billing.isPending && <SkeletonRows count={4} />}
      {billing.isError && <LoadProblem error={billing.error} onRetry={() => billing.refetch()} />}
      {data && (
        <div className="grid grid-cols-1 gap-6 px-4 pb-8 sm:px-6">
          {params.get('checkout') === 'done' && !data.subscription?.isLive && (
            <Alert tone="info">{settingsText.paymentIsOnItsWay}</Alert>
          )}
          {data.notice && <Alert tone="warning">{data.notice}</Alert>}
          <LimitMeters billing={data} />
          <UsageSection />
          <PlanTable billing={data} />
        </div>
      )}
    </>
  )
}
