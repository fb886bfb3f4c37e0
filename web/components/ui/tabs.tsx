'use client'

import { Tabs as Primitive } from 'radix-ui'
import { type ComponentProps, useEffect, useRef } from 'react'
import { cn } from '#web/components/class-names'

export const Tabs = Primitive.Root

/** Where there is no room for all, the chosen one is in sight. */
export function TabsList({ className, ...rest }: ComponentProps<typeof Primitive.List>) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.querySelector('[data-state=active]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [])
  return (
    <Primitive.List
      ref={list}
      className={cn('flex gap-5 overflow-x-auto border-b px-4 sm:px-6', className)}
      {...rest}
    />
  )
}

export function TabsTrigger({ className, ...rest }: ComponentProps<typeof Primitive.Trigger>) {
  return (
    <Primitive.Trigger
      className={cn(
        '-mb-px flex h-9 shrink-0 items-center gap-1.5 border-transparent border-b-2 font-medium text-[13px] text-muted',
        'transition-colors hover:text-fg focus-visible:outline-offset-[-2px] data-[state=active]:border-accent',
        'data-[state=active]:text-fg',
        className,
      )}
      {...rest}
    />
  )
}

export function TabsContent({ className, ...rest }: ComponentProps<typeof Primitive.Content>) {
  return <Primitive.Content className={cn('min-h-0 flex-1 outline-none', className)} {...rest} />
}
