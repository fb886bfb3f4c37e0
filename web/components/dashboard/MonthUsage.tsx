'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { commonText } from '#text/common'
import { dashboardText } from '#text/dashboard'
import { Skeleton } from '#ui/ui/skeleton'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { formatSize } from '#web/components/values/format-size'

/** What is used of the plan. */
export function MonthUsage() {
  const tenant = useTenant()
  const trpc = useTRPC()
  const { data } = useQuery(trpc.billing.plan.queryOptions({ tenant }, { staleTime: 60_000 }))
  if (!data) return <Skeleton className="h-24" />
  const { used, limits, plan } = data
  const count = (value: number) => value.toLocaleString()
  return (
    <div className="space-y-2.5 py-1">
      <Used
        label={dashboardText.executionsThisMonth}
        used={used.executionsPerMonth}
        most={limits.executionsPerMonth}
        text={count}
      />
      <Used label={commonText.files} used={used.storageBytes} most={limits.storageBytes} text={formatSize} />
      <Link href={`/${tenant}/settings/billing`} className="text-accent text-xs hover:underline">
        {dashboardText.plan(plan)}
      </Link>
    </div>
  )
}

type UsedProps = { label: string; used: number; most: number | null; text: (value: number) => string }

function Used({ label, used, most, text }: UsedProps) {
  const share = most === null ? 0 : Math.min(used / most, 1)
  return (
    <div className="text-[13px]">
      <p className="flex justify-between gap-3">
        <span className="text-muted">{label}</span>
        <span className="tabular-nums">
          {text(used)}{' '}
          <span className="text-faint text-xs">
            {most === null ? dashboardText.noLimit : dashboardText.ofLimit(text(most))}
          </span>
        </span>
      </p>
      {most !== null && (
        <div className="mt-1 h-1.5 overflow-hidden rounded-full bg-hover" aria-hidden>
          <div className="h-full rounded-full bg-accent" style={{ width: `${share * 100}%` }} />
        </div>
      )}
    </div>
  )
}
