'use client'

import { useQuery } from '@tanstack/react-query'
import { DependencyView } from '#ui/dependencies/DependencyView'
import { LoadProblem } from '#ui/LoadProblem'
import { SkeletonRows } from '#ui/ui/skeleton'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import type { Namespace } from './use-namespace'

/** Which flows call or start which, here and below. */
export function DependenciesTab({ namespace: { id } }: { namespace: Namespace }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const found = useQuery(trpc.namespace.dependencies.queryOptions({ tenant, id }))
  if (found.isPending) return <SkeletonRows count={3} />
  if (found.isLoadingError) return <LoadProblem error={found.error} onRetry={() => found.refetch()} />
  return <DependencyView found={found.data} home={id} />
}
