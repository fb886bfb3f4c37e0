import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

/** What to show instead of an empty list: what would be here, and how to get it. */
export function EmptyState({
  icon: Icon,
  title,
  text,
  children,
}: {
  icon: LucideIcon
  title: string
  text: ReactNode
  children?: ReactNode
}) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center px-6 py-16 text-center">
      <div className="mb-4 grid size-11 place-items-center rounded-xl border bg-subtle text-muted">
        <Icon className="size-5" aria-hidden />
      </div>
      <h2 className="font-semibold text-[15px]">{title}</h2>
      <p className="mt-1.5 text-[13px] text-muted">{text}</p>
      {children && <div className="mt-5 flex flex-wrap justify-center gap-2">{children}</div>}
    </div>
  )
}
