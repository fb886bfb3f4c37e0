'use client'

import { FileQuestionMark } from 'lucide-react'
import Link from 'next/link'
import { commonText } from '#text/common'
import { executionText } from '#text/execution'
import { LoadProblem } from '#ui/LoadProblem'
import { PageHeader } from '#ui/shell/PageHeader'
import { Button } from '#ui/ui/button'
import { EmptyState } from '#ui/ui/empty-state'
import { SkeletonRows } from '#ui/ui/skeleton'
import { codeOf } from '#web/components/request-error'
import { useTenant } from '#web/components/tenant'
import { ExecutionHeader } from './ExecutionHeader'
import { ExecutionTabs } from './ExecutionTabs'
import { useExecution } from './use-execution'

export function ExecutionPage({ id }: { id: string }) {
  const tenant = useTenant()
  const { query, isLive, isConnected } = useExecution(id)
  if (query.data) {
    return (
      <>
        <ExecutionHeader execution={query.data} isConnected={isConnected} />
        <ExecutionTabs execution={query.data} isLive={isLive} />
      </>
    )
  }
  return (
    <>
      <PageHeader crumbs={[{ label: commonText.executions, href: `/${tenant}/executions` }]} title={id.slice(0, 8)} />
      {query.isPending && <SkeletonRows count={4} />}
      {codeOf(query.error) === 'NOT_FOUND' && (
        <EmptyState
          icon={FileQuestionMark}
          title={executionText.noSuchExecution}
          text={executionText.mayHaveBeenDeleted}
        >
          <Button asChild>
            <Link href={`/${tenant}/executions`}>{executionText.allExecutions}</Link>
          </Button>
        </EmptyState>
      )}
      {query.isError && codeOf(query.error) !== 'NOT_FOUND' && (
        <LoadProblem error={query.error} onRetry={() => query.refetch()} />
      )}
    </>
  )
}
