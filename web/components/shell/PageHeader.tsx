import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { Fragment, type ReactNode } from 'react'

export type Crumb = { label: string; href: string }

/** The top of every page: where one is, what it is called, what can be done. */
export function PageHeader({
  crumbs = [],
  title,
  note,
  actions,
}: {
  crumbs?: Crumb[]
  title: ReactNode
  note?: ReactNode
  actions?: ReactNode
}) {
  return (
    <header className="flex min-h-14 shrink-0 flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3 sm:px-6">
      <div className="flex min-w-0 flex-1 basis-48 flex-wrap items-center gap-x-1.5 gap-y-1">
        {crumbs.map(crumb => (
          <Fragment key={crumb.href}>
            <Link href={crumb.href} className="truncate rounded text-[13px] text-muted hover:text-fg">
              {crumb.label}
            </Link>
            <ChevronRight className="size-3.5 shrink-0 text-faint" aria-hidden />
          </Fragment>
        ))}
        <h1 className="min-w-0 truncate font-semibold text-[15px]">{title}</h1>
        {note}
      </div>
      {actions && <div className="flex items-center gap-2">{actions}</div>}
    </header>
  )
}
