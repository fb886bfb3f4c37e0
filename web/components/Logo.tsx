import { commonText } from '#text/common'
import { cn } from '#web/components/class-names'

export function Logo({ className }: { className?: string }) {
  return (
    <span className={cn('inline-flex items-center gap-2 font-semibold text-[15px] tracking-tight', className)}>
      <svg viewBox="0 0 32 32" className="size-6" aria-hidden>
        <title>{commonText.millrace}</title>
        <rect width="32" height="32" rx="8" className="fill-accent" />
        <path
          d="M6 11c3.3 0 3.3 3 6.7 3s3.3-3 6.6-3 3.4 3 6.7 3M6 18c3.3 0 3.3 3 6.7 3s3.3-3 6.6-3 3.4 3 6.7 3"
          fill="none"
          className="stroke-on-accent"
          strokeWidth="2.6"
          strokeLinecap="round"
        />
      </svg>
      {commonText.millrace}
    </span>
  )
}
