'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { SkeletonRows } from '#ui/ui/skeleton'
import { useAccount, usePermissions, useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'

/** Sends people on: to the dashboard once something has run, to the flows before that. */
export function TenantHome() {
  const tenant = useTenant()
  const router = useRouter()
  const trpc = useTRPC()
  const isKnown = useAccount().isSuccess
  const maySee = usePermissions().includes('EXECUTION:READ')
  const executions = useQuery(
    trpc.execution.list.queryOptions({ tenant, limit: 1, withTotal: false }, { enabled: maySee }),
  )
  const page = (isKnown && !maySee) || executions.isError ? 'flows' : pageOf(executions.data?.results.length)

  useEffect(() => {
    if (page) router.replace(`/${tenant}/${page}`)
  }, [tenant, page, router])
  return <SkeletonRows count={4} />
}

function pageOf(count: number | undefined): 'dashboard' | 'flows' | undefined {
  if (count === undefined) return undefined
  return count > 0 ? 'dashboard' : 'flows'
}
