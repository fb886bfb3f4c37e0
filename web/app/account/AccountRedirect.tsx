'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { LoadProblem } from '#ui/LoadProblem'
import { useAccount } from '#web/components/tenant'

/** The address of one's account without a tenant in it; its page stands in one. */
export function AccountRedirect() {
  const router = useRouter()
  const account = useAccount()
  const tenants = account.data?.tenants
  useEffect(() => {
    if (tenants) router.replace(tenants[0] ? `/${tenants[0].slug}/settings/account` : '/')
  }, [tenants, router])
  if (account.isError) return <LoadProblem error={account.error} onRetry={() => account.refetch()} />
  return <main aria-busy />
}
