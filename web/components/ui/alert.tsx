import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from '#web/components/class-names'

const looks = {
  danger: { icon: CircleAlert, className: 'border-danger/30 bg-danger-soft text-danger' },
  warning: { icon: TriangleAlert, className: 'border-warning/30 bg-warning-soft text-warning' },
  info: { icon: Info, className: 'border-info/30 bg-info-soft text-info' },
}

export function Alert({
  tone,
  className,
  children,
}: {
  tone: keyof typeof looks
  className?: string
  children: ReactNode
}) {
  const { icon: Icon, className: look } = looks[tone]
  return (
    <div
      role={tone === 'danger' ? 'alert' : 'status'}
      className={cn('flex items-start gap-2 rounded-md border px-3 py-2 text-[13px]', look, className)}
    >
      <Icon className="mt-0.5 size-4 shrink-0" aria-hidden />
      <div className="min-w-0 flex-1 break-words">{children}</div>
    </div>
  )
}
