import type { ReactNode } from 'react'

/** A titled part of a dashboard. */
export function Panel({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title} className="min-w-0 rounded-lg border bg-surface">
      <header className="flex min-h-10 flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 pt-2.5 pb-1.5">
        <h2 className="font-medium text-[13px]">{title}</h2>
        {note}
      </header>
      <div className="px-4 pb-3">{children}</div>
    </section>
  )
}
