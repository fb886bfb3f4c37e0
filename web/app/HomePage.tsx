'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { LoadProblem } from '#ui/LoadProblem'
import { Logo } from '#ui/Logo'
import { codeOf } from '#web/components/request-error'
import { useTRPC } from '#web/components/trpc'

/** Sends people on: to their first tenant's flows, or to sign-up. */
export function HomePage() {
  const trpc = useTRPC()
  const router = useRouter()
  const me = useQuery(trpc.account.me.queryOptions())
  const isSignedOut = codeOf(me.error) === 'UNAUTHORIZED'
  const tenant = me.data?.tenants[0]?.slug

  useEffect(() => {
    if (tenant) router.replace(`/${tenant}/flows`)
    else if (isSignedOut) router.replace('/sign-up')
  }, [tenant, isSignedOut, router])

  if (me.isError && !isSignedOut) return <LoadProblem error={me.error} onRetry={() => me.refetch()} />
  return (
    <main className="grid h-full place-items-center" aria-busy>
      <Logo className="animate-pulse" />
    </main>
  )
}
