'use client'

import { useQuery } from '@tanstack/react-query'
import { FileQuestionMark } from 'lucide-react'
import Link from 'next/link'
import { LoadProblem } from '#ui/LoadProblem'
import { PageHeader } from '#ui/shell/PageHeader'
import { Button } from '#ui/ui/button'
import { EmptyState } from '#ui/ui/empty-state'
import { SkeletonRows } from '#ui/ui/skeleton'
import { codeOf } from '#web/components/request-error'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { FlowTabs } from './FlowTabs'

export function FlowPage({ namespace, id }: { namespace: string; id: string }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const flow = useQuery(trpc.flow.get.queryOptions({ tenant, namespace, id }))
  if (flow.data) return <FlowTabs flow={flow.data} />
  return (
    <>
      <PageHeader crumbs={[{ label: 'Flows', href: `/${tenant}/flows` }]} title={id} />
      {flow.isPending && <SkeletonRows count={4} />}
      {codeOf(flow.error) === 'NOT_FOUND' && (
        <EmptyState
          icon={FileQuestionMark}
          title="There is no such flow"
          text={`Nothing is called ${id} in the namespace ${namespace}. It may have been deleted.`}
        >
          <Button asChild>
            <Link href={`/${tenant}/flows`}>All flows</Link>
          </Button>
        </EmptyState>
      )}
      {flow.isError && codeOf(flow.error) !== 'NOT_FOUND' && (
        <LoadProblem error={flow.error} onRetry={() => flow.refetch()} />
      )}
    </>
  )
}
