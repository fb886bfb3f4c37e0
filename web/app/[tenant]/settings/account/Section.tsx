import { type ReactNode, useId } from 'react'

/** A part of the account's page: what it is about, what can be done, and what there is. */
export function Section({
  title,
  text,
  actions,
  children,
}: {
  title: string
  text?: ReactNode
  actions?: ReactNode
  children?: ReactNode
}) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="border-t py-5">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3 px-4 sm:px-6">
        <div className="min-w-0 flex-1 basis-60">
          <h2 id={id} className="font-semibold text-[13px]">
            {title}
          </h2>
          {text && <p className="mt-1 max-w-prose text-[13px] text-muted">{text}</p>}
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
      {children && <div className="mt-4">{children}</div>}
    </section>
  )
}
