'use client'

import type { FormEvent, ReactNode } from 'react'
import { Skeleton } from '#ui/ui/skeleton'
import { useIsAlive } from '#web/components/use-is-alive'

/**
 * A form that is there once the page is alive: before, React would forget what was typed, and a browser that sends the form
 * by itself would write the password into the address.
 */
export function AuthForm({
  onSubmit,
  children,
}: {
  onSubmit: (event: FormEvent<HTMLFormElement>) => void
  children: ReactNode
}) {
  if (!useIsAlive()) return <Skeleton className="mt-5 h-48" />
  return (
    <form onSubmit={onSubmit} className="mt-5 space-y-4">
      {children}
    </form>
  )
}
