import type { ComponentProps } from 'react'
import { cn } from '#web/components/class-names'

export function Table({ className, ...rest }: ComponentProps<'table'>) {
  return (
    <div className="shrink-0 overflow-x-auto">
      <table className={cn('w-full border-collapse text-[13px]', className)} {...rest} />
    </div>
  )
}

export function Th({ className, ...rest }: ComponentProps<'th'>) {
  return (
    <th
      scope="col"
      className={cn(
        'h-9 whitespace-nowrap border-b px-3 text-left font-medium text-faint text-xs first:pl-4 last:pr-4 sm:last:pr-6 sm:first:pl-6',
        className,
      )}
      {...rest}
    />
  )
}

export function Td({ className, ...rest }: ComponentProps<'td'>) {
  return (
    <td
      className={cn('h-11 border-b px-3 py-2 first:pl-4 last:pr-4 sm:last:pr-6 sm:first:pl-6', className)}
      {...rest}
    />
  )
}

export function Tr({ className, ...rest }: ComponentProps<'tr'>) {
  return <tr className={cn('transition-colors hover:bg-subtle', className)} {...rest} />
}
