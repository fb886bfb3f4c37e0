'use client'

import { useQuery } from '@tanstack/react-query'
import { Gauge } from 'lucide-react'
import { executionText } from '#text/execution'
import { LoadProblem } from '#ui/LoadProblem'
import { PageHeader } from '#ui/shell/PageHeader'
import { Button } from '#ui/ui/button'
import { EmptyState } from '#ui/ui/empty-state'
import { SkeletonRows } from '#ui/ui/skeleton'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { useUrlState } from '#web/components/url-state'
import { LimitsTable } from './LimitsTable'

const size = 50
const refreshMs = 3_000

/** Flows with a limit: how many of their executions run and wait now. */
export function ConcurrencyPage() {
  const tenant = useTenant()
  const trpc = useTRPC()
  const [params, setParams] = useUrlState()
  const page = Number(params.get('page') ?? 1) || 1
  const limits = useQuery(trpc.concurrency.list.queryOptions({ tenant, page, size }, { refetchInterval: refreshMs }))
  const { results = [], total = 0 } = limits.data ?? {}
  const go = (to: number) => setParams({ page: to === 1 ? undefined : String(to) })
  return (
    <>
      <PageHeader title={executionText.concurrencyLimits} />
      {limits.isPending && <SkeletonRows />}
      {limits.isError && <LoadProblem error={limits.error} onRetry={() => limits.refetch()} />}
      {results.length > 0 && <LimitsTable limits={results} />}
      {limits.isSuccess && results.length === 0 && (
        <EmptyState icon={Gauge} title={executionText.noFlowHasLimit} text={executionText.howToLimit} />
      )}
      {total > size && (
        <div className="flex justify-center gap-2 p-4">
          <Button disabled={page === 1} onClick={() => go(page - 1)}>
            {executionText.back}
          </Button>
          <Button disabled={page * size >= total} onClick={() => go(page + 1)}>
            {executionText.next}
          </Button>
        </div>
      )}
    </>
  )
}
