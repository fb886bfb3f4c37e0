'use client'

import { useQuery } from '@tanstack/react-query'
import { CalendarClock, FilePen, type LucideIcon, UserPlus } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { tourText } from '#text/tour'
import { Button } from '#ui/ui/button'
import { useMay, useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'

/** Where one may go after the first green execution. */
export function NextSteps({ onEnd }: { onEnd: () => void }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const may = useMay()
  const id = new RegExp(`^/${tenant}/executions/([^/]+)$`).exec(usePathname())?.[1]
  const { data } = useQuery({ ...trpc.execution.get.queryOptions({ tenant, id: id ?? '' }), enabled: id !== undefined })
  const flow = data && `/${tenant}/flows/${data.namespace}/${data.flowId}`
  return (
    <>
      <ul className="mt-2 space-y-0.5">
        {flow && <Step icon={FilePen} label={tourText.changeTheFlow} href={flow} onEnd={onEnd} />}
        <Step
          icon={CalendarClock}
          label={tourText.runByTheClock}
          href={`/${tenant}/blueprints?tag=Schedule`}
          onEnd={onEnd}
        />
        {may('MEMBER:CREATE') && (
          <Step icon={UserPlus} label={tourText.inviteMembers} href={`/${tenant}/settings/members`} onEnd={onEnd} />
        )}
      </ul>
      <Button size="sm" variant="primary" className="mt-3 w-full" onClick={onEnd}>
        {tourText.finishTheTour}
      </Button>
    </>
  )
}

function Step({
  icon: Icon,
  label,
  href,
  onEnd,
}: {
  icon: LucideIcon
  label: string
  href: string
  onEnd: () => void
}) {
  return (
    <li>
      <Link
        href={href}
        onClick={onEnd}
        className="flex items-center gap-2 rounded-md px-2 py-1.5 text-[13px] hover:bg-hover"
      >
        <Icon className="size-4 text-muted" aria-hidden /> {label}
      </Link>
    </li>
  )
}
