'use client'

import { useQuery } from '@tanstack/react-query'
import { ScrollText } from 'lucide-react'
import { executionText } from '#text/execution'
import { LoadProblem } from '#ui/LoadProblem'
import { EmptyState } from '#ui/ui/empty-state'
import { SkeletonRows } from '#ui/ui/skeleton'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import type { Execution } from '#web/server/executions/execution'
import { AuditTable } from '../../../settings/audit/AuditTable'

/** Who did what with an execution. */
export function AuditTab({ execution }: { execution: Execution }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const { id, metadata } = execution
  // Nothing is older than the execution, so no older entry is looked at.
  const asked = { tenant, q: id, startDate: metadata.originalCreatedDate, limit: 200 }
  const entries = useQuery(trpc.audit.list.queryOptions(asked))
  if (entries.isPending) return <SkeletonRows />
  if (entries.isLoadingError) return <LoadProblem error={entries.error} onRetry={() => entries.refetch()} />
  const { results } = entries.data
  if (results.length > 0) return <AuditTable entries={results} />
  return <EmptyState icon={ScrollText} title={executionText.nobodyHasTouchedIt} text={executionText.whatIsNoted} />
}
