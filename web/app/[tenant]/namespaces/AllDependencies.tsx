'use client'

import { useQuery } from '@tanstack/react-query'
import { DependencyView } from '#ui/dependencies/DependencyView'
import { LoadProblem } from '#ui/LoadProblem'
import { SkeletonRows } from '#ui/ui/skeleton'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'

/** Which flows of the tenant call or start which. */
export function AllDependencies() {
  const tenant = useTenant()
  const trpc = useTRPC()
  const found = useQuery(trpc.namespace.allDependencies.queryOptions({ tenant }))
  if (found.isPending) return <SkeletonRows count={3} />
  if (found.isLoadingError) return <LoadProblem error={found.error} onRetry={() => found.refetch()} />
  return <DependencyView found={found.data} />
}
