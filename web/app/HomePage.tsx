'use client'

import { useQuery } from '@tanstack/react-query'
import { Boxes } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { shellText } from '#text/shell'
import { LoadProblem } from '#ui/LoadProblem'
import { Logo } from '#ui/Logo'
import { NewTenantDialog } from '#ui/shell/NewTenantDialog'
import { Button } from '#ui/ui/button'
import { EmptyState } from '#ui/ui/empty-state'
import { codeOf } from '#web/components/request-error'
import { signOut } from '#web/components/session'
import { useTRPC } from '#web/components/trpc'

/** Sends people on: to their first tenant, or to sign-up. Whose last tenant is gone can make another. */
export function HomePage() {
  const trpc = useTRPC()
  const router = useRouter()
  const me = useQuery(trpc.account.me.queryOptions())
  const isSignedOut = codeOf(me.error) === 'UNAUTHORIZED'
  const tenant = me.data?.tenants[0]?.slug

  useEffect(() => {
    if (tenant) router.replace(`/${tenant}`)
    else if (isSignedOut) router.replace('/sign-up')
  }, [tenant, isSignedOut, router])

  if (me.data?.tenants.length === 0) return <NoTenant email={me.data.user.email} />
  if (me.isError && !isSignedOut) return <LoadProblem error={me.error} onRetry={() => me.refetch()} />
  return (
    <main className="grid h-full place-items-center" aria-busy>
      <Logo className="animate-pulse" />
    </main>
  )
}

/** Of somebody who signed in at an issuer for the first time, or who left their last tenant. */
function NoTenant({ email }: { email: string }) {
  const [isCreating, setIsCreating] = useState(false)
  return (
    <main className="grid h-full place-items-center">
      <EmptyState icon={Boxes} title={shellText.noTenant} text={shellText.whatATenantIs(email)}>
        <Button variant="primary" onClick={() => setIsCreating(true)}>
          {shellText.newTenant}
        </Button>
        <Button onClick={signOut}>{shellText.signOut}</Button>
      </EmptyState>
      {isCreating && <NewTenantDialog onClose={() => setIsCreating(false)} />}
    </main>
  )
}
