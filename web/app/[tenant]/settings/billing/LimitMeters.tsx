'use client'

import { commonText } from '#text/common'
import { settingsText } from '#text/settings'
import { cn } from '#web/components/class-names'
import type { Outputs } from '#web/components/trpc'
import { formatSize } from '#web/components/values/format-size'
import { formatCount } from './amounts'

type Billing = Outputs['billing']['plan']

const meters = [
  { name: 'executionsPerMonth', label: settingsText.executionsThisMonth, format: formatCount },
  { name: 'concurrentExecutions', label: settingsText.runningNow, format: formatCount },
  { name: 'members', label: commonText.members, format: formatCount },
  { name: 'storageBytes', label: commonText.files, format: formatSize },
] as const

/** Each limit of the plan, with what is used of it. */
export function LimitMeters({ billing }: { billing: Billing }) {
  const { plan, limits, used, waiting } = billing
  return (
    <section aria-label={settingsText.limits} className="grid grid-cols-1 gap-3">
      <p className="text-[13px] text-muted">
        {settingsText.planKeeps(
          <strong className="font-semibold text-fg">{plan}</strong>,
          limits.retentionDays,
          limits.auditRetentionDays,
          waiting > 0 ? formatCount(waiting) : undefined,
        )}
      </p>
      <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
        {meters.map(({ name, label, format }) => (
          <LimitMeter key={name} label={label} format={format} used={used[name]} most={limits[name]} />
        ))}
      </div>
    </section>
  )
}

type Meter = { label: string; used: number; most: number | null; format: (value: number) => string }

function LimitMeter({ label, used, most, format }: Meter) {
  const share = most === null ? 0 : Math.min(used / most, 1)
  return (
    <div className="rounded-md border bg-surface p-3">
      <div className="text-muted text-xs">{label}</div>
      <div className="mt-1 font-semibold text-lg tabular-nums">
        {settingsText.usedOfLimit(format(used), most === null ? undefined : format(most), text => (
          <span className="font-normal text-[13px] text-muted">{text}</span>
        ))}
      </div>
      {most !== null && (
        <>
          <meter className="sr-only" aria-label={label} min={0} max={most} value={Math.min(used, most)}>
            {settingsText.usedOf(format(used), format(most))}
          </meter>
          <div className="mt-2 h-1.5 overflow-hidden rounded-full bg-hover" aria-hidden>
            <div className={cn('h-full rounded-full', lookOf(share))} style={{ width: `${share * 100}%` }} />
          </div>
        </>
      )}
    </div>
  )
}

function lookOf(share: number): string {
  if (share >= 1) return 'bg-danger'
  return share >= 0.8 ? 'bg-warning' : 'bg-accent'
}
